import { migrate, type Database } from '#sql';
import { INTAKE_MIGRATIONS, INTAKE_SCHEMA } from '../../apps/joint-views/src/intake/migrations.ts';
import { createCopy, LIVE } from '../../apps/joint-views/src/intake/schema.ts';
import { REGISTRY_SOURCES } from '../../apps/joint-views/src/intake/sources.ts';
import { START } from '../../apps/joint-views/src/intake/chain.ts';
import { tablesOf, type CopyTable } from '../../apps/joint-views/src/intake/tables.ts';
import { KEYRING_MIGRATIONS, KEYRING_SCHEMA } from '../../apps/joint-views/src/keyring/migrations.ts';
import { VIEWS } from '../../apps/joint-views/src/views.ts';

/** Where the pure rebuild goes. */
export const PURE = 'pure';
const TABLES = tablesOf(VIEWS);

/** The tables of the joint views, live and rebuilt, and what stands beside them. */
export async function prepare(db: Database): Promise<void> {
  await migrate(db, INTAKE_SCHEMA, INTAKE_MIGRATIONS);
  await migrate(db, KEYRING_SCHEMA, KEYRING_MIGRATIONS);
  for (const schema of [LIVE, PURE]) await createCopy(db, schema, VIEWS);
}

/** As they were made. */
export async function empty(db: Database, schemas: readonly string[] = [LIVE, PURE]): Promise<void> {
  const tables = schemas.flatMap((schema) => TABLES.map(({ name }) => `${schema}."${name}"`));
  const others = ['keyring.keys', 'intake.states', 'intake.accepted', ...schemas.map((schema) => `${schema}.contests`)];
  await db.exec([...tables, ...others].map((name) => `delete from ${name};`).join(''));
  for (const schema of schemas)
    await db.query(
      `insert into ${schema}.sources (source, sequence, hash, log_offset) select x, $2, $3, 0 from unnest($1::text[]) x`,
      [REGISTRY_SOURCES, START.sequence, START.hash],
    );
}

const textOf = ({ columns }: CopyTable, row: string): string =>
  columns ? `row(${columns.map((name) => `${row}."${name}"`).join(', ')})::text` : `${row}::text`;

const digest = (schema: string) => (table: CopyTable) =>
  `select '${table.name}' as name, md5(coalesce(string_agg(${textOf(table, 't')}, chr(10) order by ${Object.keys(
    table.key,
  )
    .map((name) => `t."${name}"`)
    .join(', ')}), '')) as digest from ${schema}."${table.name}" t`;

const digests = (schema: string) => TABLES.map(digest(schema)).join(' union all ');
const APART = `select name from (${digests(LIVE)}) live join (${digests(PURE)}) pure using (name)
  where live.digest <> pure.digest order by name`;

/** The first row, of the first table, that isn't the same in both copies; null where all are. */
export async function firstDifference(db: Database): Promise<string | null> {
  const apart = await db.query<{ name: string }>(APART);
  if (apart.length === 0) return null;
  const table = TABLES.find(({ name }) => name === apart[0]!.name)!;
  const rows = (schema: string, other: string) =>
    db.query<{ text: string }>(
      `select ${textOf(table, 't')} as text from ${schema}."${table.name}" t
       except select ${textOf(table, 't')} from ${other}."${table.name}" t order by 1 limit 1`,
    );
  const [live] = await rows(LIVE, PURE);
  const [pure] = await rows(PURE, LIVE);
  const names = apart.map(({ name }) => name).join(', ');
  return [`tables that differ: ${names}`, `live:    ${shown(table, live)}`, `rebuilt: ${shown(table, pure)}`].join(
    '\n',
  );
}

const shown = ({ name }: CopyTable, row: { text: string } | undefined): string =>
  row === undefined ? `(no such row in ${name})` : `${name} ${row.text}`;
