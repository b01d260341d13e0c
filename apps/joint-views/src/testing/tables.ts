import { migrate, openPglite, type Database } from '#sql';
import { CONSULTATION_SCHEMA, consultationMigrations } from '../consultation/migrations.ts';
import { createCopy, LIVE } from '../intake/schema.ts';
import { KEYRING_MIGRATIONS, KEYRING_SCHEMA } from '../keyring/migrations.ts';
import { VIEWS } from '../views.ts';

/** The joint views' tables, empty and guarded as in production: in memory, unless a database is given. */
export const openTables = async (given?: Database): Promise<Database> => {
  const db = given ?? (await openPglite('memory://'));
  await createCopy(db, LIVE, VIEWS);
  await migrate(db, CONSULTATION_SCHEMA, await consultationMigrations());
  await migrate(db, KEYRING_SCHEMA, KEYRING_MIGRATIONS);
  return db;
};

/** Inserts rows as they stand; a column that isn't given is null. */
export const insertRows = async (db: Database, table: string, rows: readonly object[]): Promise<void> => {
  if (rows.length === 0) return;
  const text = JSON.stringify(rows, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value));
  await db.query(`insert into ${table} select * from jsonb_populate_recordset(null::${table}, $1::jsonb)`, [text]);
};
