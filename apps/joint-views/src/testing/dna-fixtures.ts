import type { Profile } from '#dna';
import type { Database } from '#sql';
import { SEVEN_LOCI } from '../../../../libs/dna/src/testing/seven-loci.ts';
import { dnaView } from '../dna/dna.view.ts';
import { at, putRecord, putSnapshot, type RecordGiven } from './fixtures.ts';
import { insertRows } from './tables.ts';

export interface ProfileGiven extends RecordGiven {
  reference: string;
  kind: 'reference' | 'trace';
  loci?: Profile['loci'];
}

/** A profile, and whom it meets of those that are there. */
export const putProfile = async (
  db: Database,
  { reference, kind, loci = {}, ...given }: ProfileGiven,
): Promise<void> => {
  const columns = { reference, kind, profile: { loci: { ...SEVEN_LOCI, ...loci } } };
  const audience = given.audience ?? ['GB', 'AL', 'XK'];
  const purposes = given.purposes ?? (['forensic-matching'] as const);
  await putSnapshot(db, { category: 'dna', table: 'dna_profiles', kind: 'dna', columns, ...given, audience, purposes });
  await settle(db, given.id);
};

/** Works out again what several sources feed of this record. */
export const settle = (db: Database, record: string): Promise<void> =>
  db.transaction((sql) => dnaView.settle!(sql, 'views', [record]));

export interface HitWordGiven {
  id: string;
  originator: string;
  /** Seconds; see `at`. */
  second: number;
}

export const putHitWord = async (
  db: Database,
  { id, originator, second }: HitWordGiven,
  hit: string,
  kind: string,
  detail: object | null = null,
): Promise<void> => {
  await putRecord(db, { id, originator, category: 'operation', audience: [], updated: second }, 'dna-word');
  await insertRows(db, 'views.dna_words', [{ record: id, originator, hit, kind, at: at(second), detail }]);
  await settle(db, id);
};
