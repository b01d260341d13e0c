import { join } from 'node:path';
import { openPglite, quoteIdent, type Database } from '#sql';
import type { Product } from './product.ts';

/** Opens the database of a stopped product. */
export const openStopped = async <T>(product: Product, work: (db: Database) => Promise<T>): Promise<T> => {
  const db = await openPglite(join(product.dir, 'db'));
  try {
    return await work(db);
  } finally {
    await db.close();
  }
};

/** Every table that holds the text in a live row, as `schema.table`; binary columns are looked into as well. */
export const tablesWith = async (db: Database, text: string): Promise<string[]> => {
  const tables = await db.query<{ schema: string; name: string }>(
    `select table_schema as schema, table_name as name from information_schema.tables
     where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema') order by 1, 2`,
  );
  const hex = Buffer.from(text, 'utf8').toString('hex');
  const found: string[] = [];
  for (const { schema, name } of tables) {
    const [row] = await db.query<{ n: number }>(
      `select count(*)::int as n from ${quoteIdent(schema)}.${quoteIdent(name)} t where strpos(t::text, $1) > 0 or strpos(t::text, $2) > 0`,
      [text, hex],
    );
    if ((row?.n ?? 0) > 0) found.push(`${schema}.${name}`);
  }
  return found;
};
