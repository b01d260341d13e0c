import { openPostgres, type Database, type Sql } from '#sql';
import { ensureLive } from '../apps/joint-views/src/intake/schema.ts';
import { neighboursOf } from '../apps/joint-views/src/networks/subjects.query.ts';
import { findReport, listReports } from '../apps/joint-views/src/reports/reports.query.ts';
import { VIEWS } from '../apps/joint-views/src/views.ts';
import { worstOf, type Bench, type Context, type Part } from './bench.ts';
import { cost, pairs, secondsOf } from './measure.ts';
import type { Random } from './random.ts';
import { entityId, fill, recordId } from './reads/rows.ts';
import { asPlain, asViewer } from './reads/viewer.ts';

const ROWS = 1_000_000;
const ROUNDS = 11;
const PAGE = 50;
const FRONTIER = 20;
const DEPTH_PAGES = 200;

type Query = (sql: Sql) => Promise<unknown>;

/** Where the row of this number stands in the list. */
const after = (n: number) => ({ stamp: new Date(Date.UTC(2020, 0, 1) + n * 1000).toISOString(), id: recordId(n) });

const list =
  (n: number | null): Query =>
  (sql) =>
    listReports(sql, {}, { limit: PAGE, after: n === null ? null : after(n) });

const times = (count: number, make: () => Query): Query[] => Array.from({ length: count }, make);

/** Queries as the product asks them, each of another place of the data. */
const queriesOf = (random: Random, rows: number): Record<string, Query[]> => {
  const any = () => 1 + random.below(rows);
  return {
    list: times(100, () => list(any())),
    count: [(sql) => sql.query('select count(*) from views.reports r')],
    point: times(400, () => {
      const id = recordId(any());
      return (sql) => findReport(sql, id);
    }),
    'graph hop': times(40, () => {
      const frontier = Array.from({ length: FRONTIER }, () => entityId(any()));
      return (sql) => neighboursOf(sql, frontier, frontier, 201);
    }),
  };
};

const runAll = (queries: readonly Query[]) => async (sql: Sql) => {
  return secondsOf(async () => {
    for (const query of queries) await query(sql);
  });
};

const against = async (db: Database, queries: readonly Query[]): Promise<Part> => {
  const run = runAll(queries);
  const taken = await pairs(
    ROUNDS,
    () => asViewer(db, run),
    () => asPlain(db, run),
  );
  return cost(taken, queries.length, 'ms', 1000);
};

/** Both sides must answer alike, or their costs can't be compared. */
const mustAgree = async (db: Database, queries: readonly Query[]): Promise<void> => {
  const answers = async (sql: Sql) => {
    const given: unknown[] = [];
    for (const query of queries.slice(0, 20)) given.push(await query(sql));
    return JSON.stringify(given);
  };
  if ((await asViewer(db, answers)) !== (await asPlain(db, answers))) throw new Error('The rule and the WHERE differ');
};

/** A page in the middle of the list beside the first, both under the rule. */
const depth = async (db: Database, rows: number): Promise<Part> => {
  const taken = await pairs(
    ROUNDS,
    () => asViewer(db, runAll(times(DEPTH_PAGES, () => list(rows >> 1)))),
    () => asViewer(db, runAll(times(DEPTH_PAGES, () => list(null)))),
  );
  return cost(taken, DEPTH_PAGES, 'ms', 1000);
};

/** What a request pays once to be under the rule, whatever it then asks. */
const entering = async (db: Database): Promise<Part> => {
  const count = 200;
  const all = async () => {
    for (let n = 0; n < count; n += 1) await asViewer(db, async () => {});
  };
  await all();
  const us = ((await secondsOf(all)) * 1000) / count;
  return { ratio: null, us, baseline: null, unit: 'ms', n: count, goal: null };
};

export const bench: Bench = {
  id: 'P4',
  title: 'reads under the access rule ÷ the same with a plain WHERE',
  goal: { atMost: 1.2 },
  grows: true,
  async run({ random, scale, seed, newDatabase, after: finally_, say }: Context) {
    const db = await openPostgres({ url: await newDatabase() });
    finally_(() => db.close());
    await ensureLive(db, VIEWS);
    const rows = ROWS * scale;
    say(`  making 3 × ${rows.toLocaleString('en-GB')} rows`);
    await fill(db, rows, seed);
    const parts: Record<string, Part> = {};
    for (const [name, queries] of Object.entries(queriesOf(random, rows))) {
      await mustAgree(db, queries);
      parts[name] = await against(db, queries);
    }
    parts['page at depth ÷ first'] = await depth(db, rows);
    parts['entering, once a request'] = await entering(db);
    const note = `${rows.toLocaleString('en-GB')} rows in each table; pages of ${PAGE}; a hop from ${FRONTIER} entities`;
    return worstOf(parts, bench.goal, note);
  },
};
