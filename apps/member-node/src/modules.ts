import { assistance } from './assistance/assistance.ts';
import { hitSayings } from './dna/hits.ts';
import { dnaProfile } from './dna/profile.ts';
import { documentAlerts } from './documents/document-alert.ts';
import { crossings } from './crossings/crossing.ts';
import { IntelligenceModule } from './intelligence/intelligence.module.ts';
import { reports } from './intelligence/report.record.ts';
import { claims } from './operations/claim.ts';
import { deeds } from './operations/deeds.ts';
import { operations } from './operations/operation.record.ts';
import { OperationsModule } from './operations/operations.module.ts';
import { ReviewsModule } from './reviews/reviews.module.ts';
import { confirmReEntry, dismissReEntry, issueDocument, refuseDocument } from './returns/answers.ts';
import { encounters } from './returns/encounter.ts';
import { hubTalks } from './returns/hub-talks.ts';
import { returns } from './returns/return.ts';
import { systemModule, systems, type NodeModule } from './systems/system-module.ts';
import { acknowledgement, permissions } from './words/sayings.ts';

/** Every system that a member's node serves, one a line. */
export const NODE_MODULES: readonly NodeModule[] = [
  systems,
  { nest: IntelligenceModule, kinds: [reports] },
  { nest: OperationsModule, kinds: [operations, claims] },
  systemModule(...deeds),
  systemModule(acknowledgement, ...permissions),
  { nest: ReviewsModule, kinds: [] },
  systemModule(assistance),
  systemModule(dnaProfile, ...hitSayings),
  systemModule(returns, encounters, hubTalks, issueDocument, refuseDocument, confirmReEntry, dismissReEntry),
  systemModule(documentAlerts),
  systemModule(crossings),
];
