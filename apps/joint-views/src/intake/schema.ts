import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { accessFunctions, protect, READER_ROLE } from '#access-policy';
import type { Database, Sql } from '#sql';
import { withColumns } from '../records/tables.ts';
import type { View } from '../records/view.ts';
import { START } from './chain.ts';
import { REGISTRY_SOURCES } from './sources.ts';
import { tablesOf } from './tables.ts';

/** The live copy's schema: the one that readers read. */
export const LIVE = 'views';
/** Where a replay builds. */
export const NEXT = 'views_next';

const COMMON = [
  new URL('./schema.sql', import.meta.url),
  new URL('../registry/schema.sql', import.meta.url),
  new URL('../records/schema.sql', import.meta.url),
  new URL('../notices/schema.sql', import.meta.url),
];

async function scriptOf(views: readonly View[]): Promise<string> {
  const files = [...COMMON, ...views.map(({ script }) => script)];
  return (await Promise.all(files.map(async (file) => withColumns(await readFile(file, 'utf8'))))).join('\n');
}

/** Makes an empty copy; one of that name is dropped first. */
export async function createCopy(db: Database, schema: string, views: readonly View[]): Promise<void> {
  const script = await scriptOf(views);
  await db.exec(READER_ROLE);
  await db.transaction((sql) => create(sql, schema, views, script));
}

/** Makes the live copy where it isn't there as this version needs it. Answers whether it did. */
export async function ensureLive(db: Database, views: readonly View[]): Promise<boolean> {
  const script = await scriptOf(views);
  await db.exec(READER_ROLE);
  return db.transaction(async (sql) => {
    // Instances that start at once wait for each other.
    await sql.query(`select pg_advisory_xact_lock(hashtextextended('accord.live-copy', 0))`);
    const [row] = await sql.query<{ comment: string | null }>(
      `select obj_description(oid, 'pg_namespace') as comment from pg_namespace where nspname = $1`,
      [LIVE],
    );
    if (row?.comment === digest(script)) return false;
    await create(sql, LIVE, views, script);
    return true;
  });
}

async function create(sql: Sql, schema: string, views: readonly View[], script: string): Promise<void> {
  await sql.exec(`drop schema if exists ${schema} cascade; create schema ${schema};`);
  await sql.exec(script.replaceAll('{schema}', schema));
  for (const { name } of tablesOf(views).filter((table) => table.protected)) await sql.exec(protect(schema, name));
  await sql.exec(accessFunctions(schema));
  await sql.query(
    `insert into ${schema}.sources (source, sequence, hash, log_offset) select x, $2, $3, 0 from unnest($1::text[]) x`,
    [REGISTRY_SOURCES, START.sequence, START.hash],
  );
  // What the tables are like, so that a later version of the product knows that it must build them anew.
  await sql.exec(`comment on schema ${schema} is '${digest(script)}'`);
}

const digest = (script: string): string => createHash('sha256').update(script).digest('hex');

/** Puts the next copy in the live one's place; readers see the one or the other. */
export async function swap(sql: Sql): Promise<void> {
  const old = `${LIVE}_old`;
  await sql.exec(`drop schema if exists ${old} cascade`);
  await sql.exec(`alter schema ${LIVE} rename to ${old}; alter schema ${NEXT} rename to ${LIVE};`);
  // The function names its schema.
  await sql.exec(accessFunctions(LIVE));
}
