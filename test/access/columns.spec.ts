import { readdir } from 'node:fs/promises';
import { expect, it } from '@jest/globals';
import { openPglite } from '#sql';
import { ACCESS_COLUMNS, protect, READER_ROLE } from '#access-policy';
import { schemaOf } from './database.ts';

const views = new URL('../../apps/joint-views/src/', import.meta.url);

it('every table of the views that carries an access column carries them all, and can be protected', async () => {
  const db = await openPglite('memory://');
  await db.exec(`${READER_ROLE} create schema views;
    create table views.expected (${Object.entries(ACCESS_COLUMNS)
      .map(([name, type]) => `${name} ${type}`)
      .join()})`);
  // The registry's tables and the records' first: others name them.
  const first = ['registry', 'records'];
  const folders = [...first, ...(await readdir(views)).filter((name) => !first.includes(name))];
  const schemas = await Promise.all(folders.map((view) => schemaOf(view, 'views').catch(() => '')));
  for (const schema of schemas.filter((text) => text.includes('create table views.'))) await db.exec(schema);

  const columns = Object.keys(ACCESS_COLUMNS);
  const rows = await db.query<{ table: string; columns: string[] }>(
    `select table_name as table, array_agg(column_name || ' ' || data_type || ' ' || is_nullable order by column_name) as columns
     from information_schema.columns c
     where table_schema = 'views' and column_name = any ($1) and exists (
       select from information_schema.columns k
       where k.table_schema = 'views' and k.table_name = c.table_name and k.column_name = 'grant_key')
     group by table_name`,
    [columns],
  );
  const expected = rows.find(({ table }) => table === 'expected')!.columns;
  expect(rows.length).toBeGreaterThan(5);
  for (const { table, columns: found } of rows) {
    expect({ table, found }).toEqual({ table, found: expected });
    await db.exec(protect('views', table));
  }
  await db.close();
});
