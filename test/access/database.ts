import { openPglite, type Database } from '#sql';
import { ACCESS_COLUMNS, accessFunctions, accessRow, protect, READER_ROLE } from '#access-policy';
import type { Agreement, Viewer } from '#access-policy';
import { readFile } from 'node:fs/promises';
import type { World, WorldMember, WorldRecord } from './world.ts';

/** The tables that access_enter reads, as the joint views draw them. */
const SCHEMAS = ['registry', 'intake'];

export async function schemaOf(view: string, schema: string): Promise<string> {
  const path = new URL(`../../apps/joint-views/src/${view}/schema.sql`, import.meta.url);
  return (await readFile(path, 'utf8')).replaceAll('{schema}', schema);
}

/** Makes `schema` with the registry's tables and one table of records, protected as the views' tables are. */
export async function createViews(db: Database, schema: string): Promise<void> {
  const columns = Object.entries(ACCESS_COLUMNS).map(([name, type]) => `${name} ${type}`);
  const tables = await Promise.all(SCHEMAS.map((view) => schemaOf(view, schema)));
  await db.exec(
    [
      READER_ROLE,
      `create schema ${schema};`,
      ...tables,
      `create table ${schema}.things (${columns.join(', ')});`,
      accessFunctions(schema),
      protect(schema, 'things'),
    ].join('\n'),
  );
}

/** An in-memory PostgreSQL that answers for one world at a time. */
export async function openViews(schema = 'views'): Promise<Database> {
  const db = await openPglite('memory://');
  await createViews(db, schema);
  return db;
}

/** Replaces what the views hold by this world. */
export async function load(db: Database, world: Pick<World, 'members' | 'agreements' | 'records'>): Promise<void> {
  const bits = new Map(world.members.map(({ code, bit }) => [code, bit]));
  const rows = world.records.map((record) => accessRow(record.id, record, bits));
  await db.transaction(async (sql) => {
    await sql.query('delete from views.things');
    await sql.query('delete from views.agreements');
    await sql.query('delete from views.members');
    for (const [table, of] of [
      ['members', world.members.map(memberRow)],
      ['agreements', world.agreements.map(agreementRow)],
      ['things', rows],
    ] as const) {
      const text = `insert into views.${table} select * from jsonb_populate_recordset(null::views.${table}, $1::jsonb)`;
      await sql.query(text, [JSON.stringify(of, (_, value) => (typeof value === 'bigint' ? String(value) : value))]);
    }
  });
}

function memberRow(member: WorldMember) {
  return { ...member, name: member.code, contact: 'Duty desk', signing_keys: [] };
}

function agreementRow(agreement: Agreement) {
  const { validFrom, validTo, inForceSince, ...rest } = agreement;
  return {
    ...rest,
    title: 'Agreement',
    valid_from: new Date(validFrom),
    valid_to: validTo === null ? null : new Date(validTo),
    in_force_since: inForceSince === null ? null : new Date(inForceSince),
    onward: false,
    signed_by: [],
  };
}

/** The ids of what this viewer's reads find. The role is no matter of the database: the endpoint's guard asks for it. */
export async function visibleTo(
  db: Database,
  viewer: Viewer,
  now: number,
  withheldSources: readonly string[],
): Promise<Set<string>> {
  return db.transaction(async (sql) => {
    await sql.query('select views.access_enter($1, $2, $3, $4, $5)', [
      viewer.member,
      viewer.purpose,
      viewer.clearance,
      new Date(now),
      withheldSources,
    ]);
    const rows = await sql.query<Pick<WorldRecord, 'id'>>('select record as id from views.things');
    return new Set(rows.map(({ id }) => id));
  });
}
