import type { Sql } from '#sql';
import type { Entry, Head } from './entry.ts';

const toEntry = ({ at, ...row }: Omit<Entry, 'at'> & { at: Date }): Entry => ({ ...row, at: at.toISOString() });

/** At most `limit` lines of a member's log after a number, in their order. */
export const entriesAfter = async (sql: Sql, member: string, after: number, limit: number): Promise<Entry[]> => {
  const rows = await sql.query<Omit<Entry, 'at'> & { at: Date }>(
    `select * from consultation.entries where member = $1 and number > $2::bigint order by number limit $3::int`,
    [member, after, limit],
  );
  return rows.map(toEntry);
};

/** The number of the line before a member's first one at this time or later. */
export const lastBefore = async (sql: Sql, member: string, from: Date): Promise<number> => {
  const [found] = await sql.query<{ number: number | null }>(
    `select min(number) - 1 as number from consultation.entries where member = $1 and at >= $2`,
    [member, from],
  );
  return found?.number ?? Number.MAX_SAFE_INTEGER;
};

/** The number of each member's last line. */
export const headsOf = async (sql: Sql): Promise<Map<string, number>> => {
  const rows = await sql.query<{ member: string; number: number }>(
    'select member, max(number) as number from consultation.entries group by member',
  );
  return new Map(rows.map(({ member, number }) => [member, number]));
};

/** A member's last line; null where it has none. */
export const headOf = async (sql: Sql, member: string): Promise<Head | null> => {
  const [head] = await sql.query<Head>(
    'select number, hash from consultation.entries where member = $1 order by number desc limit 1',
    [member],
  );
  return head ?? null;
};

/** The hash of a member's line; null where there is none of this number. */
export const hashAt = async (sql: Sql, member: string, number: number): Promise<string | null> => {
  const [line] = await sql.query<{ hash: string }>(
    'select hash from consultation.entries where member = $1 and number = $2::bigint',
    [member, number],
  );
  return line?.hash ?? null;
};
