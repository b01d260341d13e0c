import { openPglite, type Database } from '#sql';
import { ACCESS_COLUMNS, accessFunctions, accessRow, protect, READER_ROLE } from '#access-policy';
import type { Agreement, Viewer } from '#access-policy';
import type { HandlingCode } from '#contracts';
import { readFile } from 'node:fs/promises';
import type { LeaveAsked } from './history.ts';
import type { World, WorldMember, WorldRecord } from './world.ts';
import { withColumns } from '../../apps/joint-views/src/records/tables.ts';

/** The tables that access_enter reads, and those of leave from handling codes, as the joint views draw them. */
const SCHEMAS = ['registry', 'intake', 'records', 'permissions'];

export async function schemaOf(view: string, schema: string): Promise<string> {
  const path = new URL(`../../apps/joint-views/src/${view}/schema.sql`, import.meta.url);
  return withColumns(await readFile(path, 'utf8')).replaceAll('{schema}', schema);
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

type Loaded = Pick<World, 'members' | 'agreements' | 'records'> & { leave?: readonly LeaveAsked[] };

/** Replaces what the views hold by this world. */
export async function load(db: Database, world: Loaded): Promise<void> {
  const bits = new Map(world.members.map(({ code, bit }) => [code, bit]));
  const rows = world.records.map((record) => accessRow(record.id, record, bits));
  await db.transaction(async (sql) => {
    const tables = {
      members: world.members.map(memberRow),
      agreements: world.agreements.map(agreementRow),
      things: rows,
      records: rows.map((row, i) => recordRow(row, world.records[i]!)),
      ...leaveRows(world.leave ?? []),
    };
    for (const [table, of] of Object.entries(tables)) {
      await sql.query(`delete from views.${table}`);
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

const LONG_AGO = new Date(0);

function recordRow(access: object, { category, shield, audience, handlingCodes }: WorldRecord) {
  const codes = { shield_codes: shield === 'ALL' ? ['ALL'] : shield, audience_codes: audience };
  const times = { released_at: LONG_AGO, updated_at: LONG_AGO, version: 1, sequence: 1 };
  const rest = {
    kind: 'report',
    category,
    taskforce: true,
    handling_codes: handlingCodes,
    unread: false,
    stale: false,
    contested: false,
  };
  return { ...access, ...codes, ...times, ...rest };
}

function leaveRows(asked: readonly LeaveAsked[]) {
  const said = { scope: 'A court', at: LONG_AGO };
  return {
    permission_requests: asked.map(({ id, by, record, code }) => {
      return { ...said, record: id, originator: by, target: record, code, reason: 'A charge' };
    }),
    permission_answers: asked.flatMap(({ id, answers, takenBackBy }) => [
      ...answers.map((answer) => ({
        ...{ ...said, record: answer.id, originator: answer.by, sequence: answer.sequence, request: id },
        ...(answer.until === null ? { kind: 'refused' } : { kind: 'granted', until: new Date(answer.until) }),
      })),
      ...(takenBackBy === null
        ? []
        : [{ ...said, record: id, originator: takenBackBy, sequence: 1, request: id, kind: 'withdrawn' }]),
    ]),
  };
}

/** The ids of what this viewer's reads find, each with the codes that its member has leave from. The role is no matter of the database: the endpoint's guard asks for it. */
export async function visibleTo(
  db: Database,
  viewer: Viewer,
  now: number,
  withheldSources: readonly string[],
): Promise<Map<string, HandlingCode[]>> {
  return db.transaction(async (sql) => {
    await sql.query('select views.access_enter($1, $2, $3, $4, $5)', [
      viewer.member,
      viewer.purpose,
      viewer.clearance,
      new Date(now),
      withheldSources,
    ]);
    const rows = await sql.query<{ id: string; free: HandlingCode[] }>(
      `select record as id, array(select code from views.permissions_of(record, $1::timestamptz)) as free
       from views.things`,
      [new Date(now)],
    );
    return new Map(rows.map(({ id, free }) => [id, free]));
  });
}
