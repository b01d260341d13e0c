import { buffer } from 'node:stream/consumers';
import pg from 'pg';
import copyStreams from 'pg-copy-streams';
import type { Database } from '#sql';
import { tablesOf } from '../../apps/joint-views/src/intake/tables.ts';
import { VIEWS } from '../../apps/joint-views/src/views.ts';

/** Rows of one table, as the bytes of COPY. */
export interface TableRows {
  table: string;
  bytes: Buffer;
}

/** The rows that a source's events from a sequence on have made, table by table. */
export async function rowsSince(url: string, schema: string, source: string, sequence: number): Promise<TableRows[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const rows: TableRows[] = [];
    for (const { name, key } of tablesOf(VIEWS)) {
      const those = wanted(schema, name, key, sequence, source);
      if (those === null) continue;
      const query = `copy (select * from ${schema}.${name} where ${those}) to stdout`;
      const bytes = await buffer(client.query(copyStreams.to(query)));
      if (bytes.length > 0) rows.push({ table: name, bytes });
    }
    return rows;
  } finally {
    await client.end();
  }
}

function wanted(schema: string, name: string, key: object, sequence: number, source: string): string | null {
  if (name === 'records') return `sequence >= ${sequence}`;
  if (name === 'chain') return `source = '${source}' and sequence >= ${sequence}`;
  return 'record' in key ? `record in (select record from ${schema}.records where sequence >= ${sequence})` : null;
}

/** All of them in one transaction, the records first. */
export async function copyRowsInto(db: Database, schema: string, rows: readonly TableRows[]): Promise<void> {
  await db.transaction(async (sql) => {
    for (const { table, bytes } of rows) await sql.copy(`${schema}.${table}`, bytes);
  });
}
