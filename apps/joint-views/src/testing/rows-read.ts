import type { Sql } from '#sql';

/** How many rows of these tables some work reads, by whatever plan: what its statements cost. */
export const rowsRead = async (sql: Sql, tables: readonly string[], work: () => Promise<unknown>): Promise<number> => {
  // What a session has read is counted on, until somebody collects it.
  const count = async () => {
    const [row] = await sql.query<{ count: number }>(
      `select sum(coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0))::int as count
       from pg_stat_xact_user_tables where relname = any ($1::text[])`,
      [tables],
    );
    return row!.count;
  };
  const before = await count();
  await work();
  return (await count()) - before;
};
