import type { Database, Sql } from '#sql';
import type { Entry, Head } from './entry.ts';
import type { FirstRead } from './first-reads.ts';

/** Another instance has written to a log since its end was looked at: nothing was appended. */
export class Overtaken extends Error {}

/** Serialises the writers of all instances: a chain has one end. Held to the commit, so that numbers commit in order. */
const LOCK = `pg_advisory_xact_lock(hashtextextended('accord.consultation', 0))`;
// One index look-up a member: the log grows for ever.
const HEADS = `
  select h.member, h.number, h.hash from unnest($1::text[]) as asked (member)
  cross join lateral (
    select e.member, e.number, e.hash from consultation.entries e
    where e.member = asked.member order by e.number desc limit 1
  ) h`;
const APPEND = 'select consultation.append($1::jsonb, $2::jsonb, $3::jsonb) as ok';

/** Appends lines and first reads in one statement, durable with its transaction. Throws Overtaken. */
export const appendAfter = async (
  sql: Sql,
  ends: readonly (Head & { member: string })[],
  entries: readonly Entry[],
  reads: readonly FirstRead[],
): Promise<void> => {
  const given = [ends, entries.map(written), reads].map((rows) => JSON.stringify(rows));
  const [said] = await sql.query<{ ok: boolean }>(APPEND, given).catch((error: unknown) => {
    throw isTaken(error) ? new Overtaken() : error;
  });
  if (!said?.ok) throw new Overtaken();
};

/** Fifty ids in one string are read by the database in half the time of fifty strings. */
const written = ({ records, ...entry }: Entry) => ({ ...entry, records: `{${records.join()}}` });

/** Runs `work` while nobody else appends, with where these members' logs end. */
export const underLock = <T>(
  db: Database,
  members: readonly string[],
  work: (sql: Sql, heads: ReadonlyMap<string, Head>) => Promise<T>,
): Promise<T> =>
  db.transaction(async (sql) => {
    // A statement of its own: the next one's snapshot must not be older than the lock.
    await sql.query(`select ${LOCK}`);
    const heads = await sql.query<Head & { member: string }>(HEADS, [members]);
    return work(sql, new Map(heads.map(({ member, number, hash }) => [member, { number, hash }])));
  });

/** A line of this number is there already. */
const isTaken = (error: unknown): boolean => {
  const { code, constraint } = error as { code?: string; constraint?: string };
  return code === '23505' && constraint === 'entries_pkey';
};
