import { RECORD_STATES } from '#contracts';
import { plainName, READER } from './names.ts';

const SETTINGS = {
  'accord.member': 'text',
  'accord.member_bit': 'bigint',
  'accord.purpose_bit': 'bigint',
  'accord.clearance': 'smallint',
  'accord.grants': 'int[]',
  'accord.now': 'timestamptz',
} as const;

/** The settings that the policy reads; access_enter sets them all, or none. */
export const ACCESS_SETTINGS = Object.keys(SETTINGS) as (keyof typeof SETTINGS)[];

/** Wrapped in a select, a setting is read once per statement, not once per row: 1.0 against 1.67 times a plain filter. */
function setting(name: keyof typeof SETTINGS): string {
  return `(select nullif(current_setting('${name}', true), '')::${SETTINGS[name]})`;
}

const complete = ACCESS_SETTINGS.map((name) => `current_setting('${name}', true) <> ''`).join(' and ');
const released = RECORD_STATES.indexOf('released');
const erased = RECORD_STATES.indexOf('erased');

/**
 * ACCESS.md's steps as a filter of rows. Step 1 and the list of grants of step 7 are access_enter's work, the role is
 * the endpoint's guard. A setting that is missing leaves no clearance, and so no row. The shield stands before the
 * audience, although a filter has no order: so it reads like the rule.
 */
const VISIBLE = `
  classification <= (select case when ${complete} then current_setting('accord.clearance')::smallint end)
  and (
    (originator = ${setting('accord.member')} and state <> ${erased})
    or (
      state = ${released} and not withheld
      and review_by > ${setting('accord.now')}
      and (not_before is null or not_before <= ${setting('accord.now')})
      and shield & ${setting('accord.member_bit')} = 0
      and audience & ${setting('accord.member_bit')} <> 0
      and purposes & ${setting('accord.purpose_bit')} <> 0
      and grant_key = any (${setting('accord.grants')}::int[])
    )
  )`;

/**
 * SQL that lets the reader role read a table of the views, row by row as the access rule says. For every table that
 * has the access columns; without it the reader role has no right to the table at all. The owner keeps its rights also
 * when it is no superuser, which FORCE would otherwise take.
 */
export function protect(schema: string, table: string): string {
  const name = `${plainName(schema)}.${plainName(table)}`;
  return `
alter table ${name} enable row level security;
alter table ${name} force row level security;
drop policy if exists owner on ${name};
create policy owner on ${name} for all to current_user using (true) with check (true);
drop policy if exists reader on ${name};
create policy reader on ${name} for select to ${READER} using (${VISIBLE}
);
grant select on ${name} to ${READER};
`;
}

/**
 * A query for the names of the schema's tables that the reader role may read without row-level security: for a test,
 * which expects none.
 */
export function openTables(schema: string): string {
  return `
select c.relname as name
from pg_catalog.pg_class c
where c.relnamespace = '${plainName(schema)}'::regnamespace and c.relkind in ('r', 'p', 'v', 'm', 'f')
  and has_any_column_privilege('${READER}', c.oid, 'select')
  and not (c.relrowsecurity and c.relforcerowsecurity)
order by c.relname`;
}
