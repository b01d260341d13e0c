import type { Database } from '#sql';
import type { Caller } from './caller.ts';
import { putRegistry } from './registry-fixtures.ts';

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
