import type { Database, Sql } from '#sql';

const NOW = '2026-01-01T00:00:00Z';
const ENTER = `select views.access_enter('AL', 'people-smuggling', 'OFFICIAL-SENSITIVE', '${NOW}', '{}')`;

/** What the rule comes to for AL, purpose people-smuggling, cleared to OFFICIAL-SENSITIVE: as one would write it by hand. */
const PLAIN = `classification <= 1 and ((originator = 'AL' and state <> 3) or (
  state = 0 and not withheld and review_by > '${NOW}' and (not_before is null or not_before <= '${NOW}')
  and shield & 2 = 0 and audience & 2 <> 0 and purposes & 1 <> 0
  and grant_key in (0, 1, 2, 16, 17, 18)))`;

/** The same statements with the conditions in them, for somebody who may read everything. */
const plainly = (sql: Sql): Sql => ({
  ...sql,
  query: (text, params) =>
    sql.query(text.replace(/views\.(\w+) (\w+)/g, `(select * from views.$1 where ${PLAIN}) $2`), params),
});

/** Runs work as a viewer's request does: under the access rule. */
export const asViewer = <T>(db: Database, work: (sql: Sql) => Promise<T>): Promise<T> =>
  db.transaction(async (sql) => {
    await sql.query(ENTER);
    return work(sql);
  });

/** Runs the same work with a plain WHERE. */
export const asPlain = <T>(db: Database, work: (sql: Sql) => Promise<T>): Promise<T> =>
  db.transaction((sql) => work(plainly(sql)));
