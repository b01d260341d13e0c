import { assistanceView } from './assistance/assistance.projection.ts';
import { dnaView } from './dna/dna.view.ts';
import { documentsView } from './documents/documents.projection.ts';
import { crossingsView } from './crossings/crossings.view.ts';
import { networksView } from './networks/networks.projection.ts';
import { acknowledgementsView } from './notices/acknowledgements.view.ts';
import { operationsView } from './operations/operations.view.ts';
import { permissionsView } from './permissions/permissions.projection.ts';
import type { View } from './records/view.ts';
import { reportsView } from './reports/reports.projection.ts';
import { returnsView } from './returns/returns.view.ts';

/** Every module's write side. A new one is its folder, and a line here. */
export const VIEWS: readonly View[] = [
  reportsView,
  networksView,
  operationsView,
  documentsView,
  acknowledgementsView,
  permissionsView,
  dnaView,
  assistanceView,
  returnsView,
  crossingsView,
];
