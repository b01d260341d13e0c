import { createHash } from 'node:crypto';
import type { Database, Migration, Sql } from './database.ts';
import { quoteIdent } from './ident.ts';

/**
 * Brings a schema up to date: creates it where it is missing and runs, in order and in one transaction, each step that
 * `<schema>.migrations` doesn't list yet. Several modules may share a schema, so names begin with their module's.
 * Processes that start at once wait for each other. Throws, naming it, where a step that has run has since been changed.
 */
export async function migrate(db: Database, schema: string, migrations: readonly Migration[]): Promise<void> {
  const ident = quoteIdent(schema);
  await db.transaction(async (sql) => {
    await sql.query(`select pg_advisory_xact_lock(hashtextextended($1, 0))`, [`accord.migrate.${schema}`]);
    await createSchema(sql, schema);
    const done = await applied(sql, ident);
    for (const migration of migrations) await step(sql, schema, migration, done);
  });
}

async function createSchema(sql: Sql, schema: string): Promise<void> {
  const ident = quoteIdent(schema);
  const found = await sql.query(`select 1 from pg_namespace where nspname = $1`, [schema]);
  if (found.length === 0) await sql.exec(`create schema ${ident}`);
  await sql.exec(
    `create table if not exists ${ident}.migrations (
       name text primary key,
       checksum text not null,
       applied_at timestamptz not null default now()
     )`,
  );
}

async function applied(sql: Sql, ident: string): Promise<Map<string, string>> {
  const rows = await sql.query<{ name: string; checksum: string }>(`select name, checksum from ${ident}.migrations`);
  return new Map(rows.map((row) => [row.name, row.checksum]));
}

async function step(sql: Sql, schema: string, migration: Migration, done: Map<string, string>): Promise<void> {
  const checksum = checksumOf(migration);
  const before = done.get(migration.name);
  if (before === checksum) return;
  if (before !== undefined) {
    throw new Error(
      `Migration ${migration.name} of schema ${schema} was changed after it had run: add a new one instead`,
    );
  }
  // Quoted only where it must be, as in `is` (Iceland), so that a script may also build names from it.
  const [row] = await sql.query<{ name: string }>(`select quote_ident($1) as name`, [schema]);
  await sql.exec(migration.sql.replaceAll('{schema}', row!.name));
  await sql.query(`insert into ${quoteIdent(schema)}.migrations (name, checksum) values ($1, $2)`, [
    migration.name,
    checksum,
  ]);
  done.set(migration.name, checksum);
}

function checksumOf(migration: Migration): string {
  return createHash('sha256').update(migration.sql.replaceAll('\r\n', '\n')).digest('hex');
}
