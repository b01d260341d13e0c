import { PURPOSES } from '#contracts';
import type { Database } from '#sql';
import { at, uuid } from '../../apps/joint-views/src/testing/fixtures.ts';
import { insertRows } from '../../apps/joint-views/src/testing/tables.ts';
import { sees, type WorldViewer } from './viewers.ts';
import { ACTIVE, type Item } from './world.ts';

/** Another member's check that hit an alert. */
export interface Check {
  /** The line of the log: its id, and its number. */
  id: string;
  number: number;
  member: string;
  record: string;
}

/**
 * Checks by another member of every alert that this viewer sees, and of those that nobody of its clearance in its member
 * sees for any purpose. The others would tell it something on purpose: notices aren't of one purpose.
 */
export const checksFor = (viewer: WorldViewer, items: readonly Item[]): Check[] => {
  const member = ACTIVE.find((code) => code !== viewer.member)!;
  const alerts = items.filter((item) => item.kind === 'system' && item.name === 'document-alert');
  const quiet = alerts.filter(
    ({ access }) => sees(viewer, access) || !PURPOSES.some((purpose) => sees({ ...viewer, purpose }, access)),
  );
  return quiet.map(({ access }, n) => ({ id: uuid(40_000 + n), number: n + 1, member, record: access.id }));
};

export const putChecks = (db: Database, checks: readonly Check[]): Promise<void> =>
  insertRows(
    db,
    'consultation.entries',
    checks.map(({ id, number, member, record }) => ({
      ...{
        member,
        number,
        id,
        at: at(30 + number),
        kind: 'read',
        actor: 'u2',
        roles: ['analyst'],
        clearance: 'SECRET',
      },
      ...{ purpose: 'document-fraud', case_reference: 'C-2', route: 'POST /v1/document-checks', records: [record] },
      ...{ protection: false, applied: '{}', previous: '', hash: '' },
    })),
  );
