import { describe, expect, it } from '@jest/globals';
import { READER_ROLE } from '#access-policy';
import { openPglite, openPostgres, type Database } from '#sql';
import { describePostgres } from '#sql/testing';
import { createCopy } from '../intake/schema.ts';
import { tablesOf } from '../intake/tables.ts';
import { ACCESS, uuid } from '../intake/testing/source.ts';
import { digestTable } from '../replay/digest.ts';
import { VIEWS } from '../views.ts';
import { fold, settled, unfolded } from './fold.ts';
import type { Row, RecordState } from './record.ts';
import { toRow } from './rows.ts';
import { insertChildren, upsertRecords } from './sink.ts';

const AT = '2026-01-01T00:00:00.000Z';
const COUNT = 150;
const IDS = Array.from({ length: COUNT }, (_, n) => uuid(`many ${n}`));

const stateOf = (record: string, n: number): RecordState =>
  settled(
    fold(unfolded('GB', null, false), {
      ...{ change: 'put', record, sequence: n + 1, event: record, at: AT, kind: 'report', access: ACCESS },
      content: { shield: ['al'], rows: {} },
    }),
  )!;

const ROWS: Record<string, (record: string, n: number) => Row> = {
  entities: (record, n) => ({
    ...{ entity: `GB:${record}`, position: n, schema: 'Person', assertion: 'fact' },
    ...{ subject_category: n % 2 === 0 ? null : 'suspect', nationalities: n % 3 === 0 ? [] : ['al', 'xk'] },
  }),
  statements: (record, n) => ({
    ...{ entity: `GB:${record}`, property: 'name', position: 0, assertion: 'fact' },
    value: ['Arben "x" \\ \t y', 'a\nb', '\\N', 'ë Џ', '{}'][n % 5]!,
  }),
  steps: () => ({ kind: 'launch', at: AT, outcome: null }),
};

/** Fills a copy, so many rows at a time. */
async function fill(db: Database, schema: string, step: number): Promise<void> {
  await createCopy(db, schema, VIEWS);
  const tables = VIEWS.flatMap((view) => view.tables).filter(({ name }) => ROWS[name]);
  for (let from = 0; from < COUNT; from += step) {
    const some = IDS.slice(from, from + step).map((record, n) => ({ record, n: from + n }));
    await db.transaction(async (sql) => {
      const bits = new Map([['GB', 0]]);
      const staged = await upsertRecords(
        sql,
        schema,
        some.map(({ record, n }) => toRow(stateOf(record, n), bits)),
      );
      await insertChildren(
        sql,
        schema,
        tables.map((table) => {
          return {
            table,
            records: some.map(({ record }) => record),
            rows: some.map(({ record, n }) => ROWS[table.name]!(record, n)),
          };
        }),
        staged,
      );
    });
  }
}

async function digests(db: Database, schema: string) {
  const tables = tablesOf(VIEWS).filter(({ name }) => name in ROWS || name === 'records');
  return Promise.all(tables.map((table) => digestTable(db, schema, table)));
}

async function mustBeSame(db: Database): Promise<void> {
  await fill(db, 'at_once', COUNT);
  await fill(db, 'few', 10);
  const atOnce = await digests(db, 'at_once');
  expect(atOnce).toEqual(await digests(db, 'few'));
  expect(atOnce.map(({ rows }) => rows)).toEqual(atOnce.map(() => COUNT));
}

describe('many rows at once', () => {
  it('become what few at a time become', async () => {
    const db = await openPglite('memory://');
    await mustBeSame(db);
    await db.close();
  });
});

await describePostgres('Many rows at once on PostgreSQL', (newDatabase) => {
  it('become what few at a time become, by an owner that row-level security binds', async () => {
    const url = await newDatabase();
    const admin = await openPostgres({ url, max: 1 });
    const role = `owner_${process.pid}`;
    await admin.exec(`${READER_ROLE}; create role ${role} login password 'x'; grant accord_reader to ${role}`);
    await admin.exec(`grant create on database ${new URL(url).pathname.slice(1)} to ${role}`);
    const db = await openPostgres({ url: Object.assign(new URL(url), { username: role, password: 'x' }).href, max: 2 });
    await mustBeSame(db);
    await db.close();
    await admin.exec(`drop owned by ${role} cascade; drop role ${role}`);
    await admin.close();
  });
});
