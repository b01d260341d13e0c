import { readFile } from 'node:fs/promises';
import { accessFunctions, protect, READER_ROLE } from '#access-policy';
import { openPglite, type Database } from '#sql';

const SCRIPTS = ['intake', 'registry', 'records', 'reports', 'networks', 'operations', 'notices'];
export const PROTECTED = ['reports', 'entities', 'statements', 'links', 'names', 'operations', 'contributions'];

const script = async (folder: string) =>
  (await readFile(new URL(`../${folder}/schema.sql`, import.meta.url), 'utf8')).replaceAll('{schema}', 'views');

/** The joint views' tables in memory, empty, guarded as in production. */
export const openTables = async (): Promise<Database> => {
  const db = await openPglite('memory://');
  await db.exec(READER_ROLE);
  await db.exec('create schema views');
  for (const folder of SCRIPTS) await db.exec(await script(folder));
  await db.exec(accessFunctions('views') + PROTECTED.map((table) => protect('views', table)).join(''));
  await db.exec(await script('consultation'));
  return db;
};

/** Inserts rows as they stand; a column that isn't given is null. */
export const insertRows = async (db: Database, table: string, rows: readonly object[]): Promise<void> => {
  if (rows.length === 0) return;
  const text = JSON.stringify(rows, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value));
  await db.query(`insert into ${table} select * from jsonb_populate_recordset(null::${table}, $1::jsonb)`, [text]);
};
