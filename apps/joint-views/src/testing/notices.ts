import { uuidv8 } from '#contracts';
import type { Database } from '#sql';
import type { Caller } from './caller.ts';
import { at } from './fixtures.ts';
import { putRegistry } from './registry-fixtures.ts';
import { insertRows } from './tables.ts';

export interface Notice {
  id: string;
  kind: string;
  record: string;
  at: string;
  acknowledged: boolean;
  contact?: string;
}

const VIEWS = ['records', 'reports', 'entities', 'statements', 'links', 'names', 'identifiers', 'withdrawals'];
const WORDS = ['acknowledgements', 'permission_requests', 'permission_answers'];
const OTHERS = ['operations', 'claims', 'contributions', ...WORDS, 'members', 'agreements', 'sources'];

/** Empties all that notices are computed from, and puts the registry back. */
export const startOver = async (db: Database): Promise<void> => {
  await db.exec([...VIEWS, ...OTHERS].map((table) => `delete from views.${table};`).join(''));
  await db.exec('delete from consultation.entries; delete from consultation.reads');
  await putRegistry(db);
};

/** Every notice that this member is given, through all pages. */
export const noticesOf = async (caller: Caller, member: string, roles = ['analyst']): Promise<Notice[]> =>
  (await caller.all('/v1/notices', { member, roles })) as Notice[];

interface WithdrawalGiven {
  record: string;
  originator?: string;
  /** Its event's place, and its time; see `at`. */
  sequence: number;
  /** Null: it was taken from everybody. */
  removed?: string[] | null;
}

export const putWithdrawal = (
  db: Database,
  { record, originator = 'GB', sequence, removed = null }: WithdrawalGiven,
): Promise<void> => {
  const event = uuidv8('withdrawal', record, String(sequence));
  const from = { removed: removed ?? [], all_but: removed === null };
  return insertRows(db, 'views.withdrawals', [{ record, originator, sequence, event, at: at(sequence), ...from }]);
};

/** As an erasure leaves a record that is there, and what had been taken of it before. */
export const putErasure = async (db: Database, record: string, sequence: number): Promise<void> => {
  await putWithdrawal(db, { record, sequence });
  await db.query(`update views.withdrawals set removed = '{}', all_but = true where record = $1`, [record]);
  await db.query('update views.records set state = 3, sequence = $2 where record = $1', [record, sequence]);
};
