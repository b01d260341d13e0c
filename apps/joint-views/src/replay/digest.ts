import { createHash } from 'node:crypto';
import type { CopyTable } from '../intake/tables.ts';
import type { Database } from '#sql';

export interface TableDigest {
  name: string;
  rows: number;
  /** SHA-256 of its rows as text, ordered by key, hex. */
  digest: string;
}

const PAGE = 5000;

type KeyedRow = Record<string, unknown> & { row_text: string };

/** Digests a table page by page, so that neither memory nor the one connection of PGlite is taken for long. */
export async function digestTable(db: Database, schema: string, table: CopyTable): Promise<TableDigest> {
  const hash = createHash('sha256');
  let rows = 0;
  for (let after: KeyedRow | null = null; ;) {
    const page: KeyedRow[] = await readPage(db, schema, table, after);
    for (const row of page) hash.update(row.row_text).update('\n');
    rows += page.length;
    after = page.at(-1) ?? null;
    if (page.length < PAGE) return { name: table.name, rows, digest: hash.digest('hex') };
  }
}

function readPage(db: Database, schema: string, table: CopyTable, after: KeyedRow | null): Promise<KeyedRow[]> {
  const keys = Object.entries(table.key);
  const names = keys.map(([name]) => `t."${name}"`).join(', ');
  const text = table.columns ? `row(${table.columns.map((name) => `t."${name}"`).join(', ')})` : 't';
  const given = keys.map(([, type], n) => `$${n + 1}::${type}`).join(', ');
  return db.query<KeyedRow>(
    `select ${keys.map(([name]) => `t."${name}"::text as "${name}"`).join(', ')}, ${text}::text as row_text
     from ${schema}."${table.name}" t ${after ? `where (${names}) > (${given})` : ''}
     order by ${names} limit ${PAGE}`,
    after ? keys.map(([name]) => after[name]) : [],
  );
}
