import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { byName, wrongWidth } from './counts.ts';
import { cellsOf, type Format, type NumberedLine } from './format.ts';
import { frontex } from './frontex.ts';
import { ukSmallBoatsWeekly } from './uk-small-boats-weekly.ts';
import { ukSmallBoats } from './uk-small-boats.ts';

const release = { audience: 'TASK_FORCE' as const, purposes: ['statistics' as const] };

describe('the format uk-small-boats', () => {
  const map = (line: string) =>
    ukSmallBoats.map!(line, undefined, { columns: cellsOf('#date,migrants,boats'), row: 1 });

  it('makes a provisional count of a day', () => {
    expect(map('"2022-09-03",1305,27')).toEqual({
      body: '{"date":"2022-09-03","kind":"provisional","migrants":1305,"boats":27}',
    });
    expect(
      ukSmallBoats.map!('"2022-09-03",1,1', release, { columns: cellsOf('#date,migrants,boats'), row: 1 }),
    ).toEqual({
      body: `{"date":"2022-09-03","kind":"provisional","migrants":1,"boats":1,"release":${JSON.stringify(release)}}`,
    });
  });

  it('names what it cannot read', () => {
    expect(map('2022-02-30,-1,')).toMatchObject({
      errors: [{ path: '/date' }, { path: '/migrants' }, { path: '/boats' }],
    });
  });
});

describe('a day of the format uk-small-boats', () => {
  it('is taken once from a file', () => {
    const around = { columns: cellsOf('#date,migrants,boats'), row: 1, seen: new Set<string>() };
    const map = (line: string) => ukSmallBoats.map!(line, undefined, around);
    expect(map('2022-09-03,1305,27')).toHaveProperty('body');
    expect(map('03/09/2022,1306,27')).toMatchObject({ errors: [{ path: '/date', rule: 'unique' }] });
    expect(map('2022-09-04,1306,27')).toHaveProperty('body');
  });
});

describe('a line of a table', () => {
  const wide = (line: string) => wrongWidth(['date', 'migrants', 'boats'], cellsOf(line)).map(({ rule }) => rule);

  it('has no cell too many: a comma in a number would make it another number', () => {
    expect(wide('2022-09-03,1,305,27')).toEqual(['columns']);
    expect(wide('2022-09-03,"1,305",27')).toEqual([]);
    expect(wide('2022-09-03,1305,27,,\r')).toEqual([]);
    expect(wide('2022-09-03')).toEqual([]);
  });
});

/** What becomes of a file: bodies and rejections by line. */
const gathered = async (format: Format, [header, ...lines]: string[], own: object[] = []) => {
  const gathering = format.gather!();
  const columns = cellsOf(header!);
  const out: unknown[] = [];
  const tell = (line: number, { errors }: { errors: { path: string; rule: string; message: string }[] }) =>
    errors.forEach(({ path, rule, message }) => out.push([line, path, rule, message]));
  for (const [n, text] of lines.entries()) {
    const errors = gathering.add(byName(columns, cellsOf(text)), n + 2);
    if (errors) tell(n + 2, { errors });
  }
  const records = async function* () {
    yield* own as Record<string, unknown>[];
  };
  for await (const one of gathering.bodies(undefined, records) as AsyncIterable<NumberedLine>) {
    if ('errors' in one) tell(one.line, one);
    else out.push([one.line, JSON.parse(one.body)]);
  }
  return out;
};

describe('the format uk-small-boats-weekly', () => {
  const header = 'week_ending,migrants_arrived,boats_arrived,migrants_prevented,events_prevented';
  const week = (from: number, days: number, migrants = 10) =>
    Array.from({ length: days }, (_, n) => ({
      ...{ date: `2025-05-${from + n}`, kind: 'provisional', state: 'released', migrants, boats: 1 },
    }));

  it('makes two counts of a week: who arrived, and who was prevented', async () => {
    expect(await gathered(ukSmallBoatsWeekly, [header, '2025-05-18,70,7,33,4'], week(12, 7))).toEqual([
      [2, { period: '2025-W20', kind: 'provisional', migrants: 70, boats: 7 }],
      [2, { period: '2025-W20', kind: 'prevented', migrants: 33, events: 4 }],
    ]);
    expect(await gathered(ukSmallBoatsWeekly, [header, '18/05/2025,1,1,0,0'])).toHaveLength(2);
  });

  it('sends nothing of a week that its days contradict', async () => {
    const lines = [header, '2025-05-18,71,7,33,4', '2025-05-11,5,1,0,0'];
    expect(await gathered(ukSmallBoatsWeekly, lines, week(12, 7))).toEqual([
      [2, '/migrants_arrived', 'week-disagrees', '2025-W20: the week says 71, its 7 days add up to 70.'],
      [3, expect.objectContaining({ period: '2025-W19', kind: 'provisional' })],
      [3, expect.objectContaining({ period: '2025-W19', kind: 'prevented' })],
    ]);
  });

  it('compares with what is reconciled, and no days that ended', async () => {
    const reconciled = { ...week(12, 1)[0]!, kind: 'reconciled', migrants: 40 };
    const ended = { ...week(18, 1)[0]!, state: 'recalled' };
    const of = (arrived: number) => `2025-05-18,${arrived},7,0,0`;
    const told = (arrived: number, own: object[]) => gathered(ukSmallBoatsWeekly, [header, of(arrived)], own);
    expect(await told(100, [...week(12, 7), reconciled])).toHaveLength(2);
    // Of a week with a day missing the rest may be less, and never more.
    expect(await told(90, [...week(12, 6), ended])).toHaveLength(2);
    expect(await told(59, [...week(12, 6), ended])).toEqual([
      [2, '/migrants_arrived', 'week-disagrees', expect.anything()],
    ]);
  });

  it('takes a week once', async () => {
    const lines = [header, '2025-05-18,70,7,33,4', '18/05/2025,71,7,33,4'];
    expect((await gathered(ukSmallBoatsWeekly, lines)).map((told) => (told as unknown[]).slice(0, 3))).toEqual([
      [3, '/week_ending', 'unique'],
      [2, expect.objectContaining({ migrants: 70 })],
      [2, expect.objectContaining({ migrants: 33 })],
    ]);
  });

  it('names what it cannot read', async () => {
    const lines = [header, '2025-05-17,1,1,0,0', 'soon,1,1,0,0', '2025-05-18,1,1,0,x'];
    expect(await gathered(ukSmallBoatsWeekly, lines)).toEqual([
      [2, '/week_ending', 'sunday', expect.anything()],
      [3, '/week_ending', 'date', expect.anything()],
      [4, '/events_prevented', 'number', expect.anything()],
    ]);
  });
});

describe('the format frontex', () => {
  const header = 'route,type,nat,t,n';

  it('makes one count of a month and route, with its nationalities', async () => {
    const lines = [
      ...[header, 'Western Balkan Route,Land,ALB,2025-04,12', 'Western Balkan Route,Land,XKX,2025-04,3'],
      ...['Western Balkan Route,Land,OOO,2025-04,5', 'Western Balkan Route,Sea,ALB,2025-04,1'],
      'Western Balkan Route,Land,ALB,2025-04,1',
    ];
    const common = { kind: 'detected', period: '2025-04' };
    const nationalities = [
      { country: 'al', count: 13 },
      { country: 'xk', count: 3 },
    ];
    expect(await gathered(frontex, lines)).toEqual([
      [2, { ...common, route: 'Western Balkan Route, Land', migrants: 21, nationalities }],
      [5, { ...common, route: 'Western Balkan Route, Sea', migrants: 1, nationalities: [{ country: 'al', count: 1 }] }],
    ]);
  });

  it('sends nothing of a month of which a row is lost', async () => {
    const lines = [header, 'x,Land,ALB,2025-04,1', 'x,Land,XKX,2025-04,-3', 'x,Land,ALB,2025-05,1'];
    expect(await gathered(frontex, lines)).toEqual([
      [3, '/n', 'number', expect.anything()],
      [2, '/t', 'incomplete', "2025-04, x, Land: a row of it can't be read, so none of it is sent."],
      [4, expect.objectContaining({ period: '2025-05', migrants: 1 })],
    ]);
  });

  it('names what it cannot read', async () => {
    expect(await gathered(frontex, [header, ',Land,ALB,2025-04,1', 'x,Land,ZZZ,2025-13,many'])).toEqual([
      [2, '/route', 'required', expect.anything()],
      [3, '/t', 'period', expect.anything()],
      [3, '/n', 'number', expect.anything()],
      [3, '/nat', 'country', expect.anything()],
    ]);
  });
});

const data = (name: string): string => join(process.env['ACCORD_DATA'] ?? '', name);
const here = process.env['ACCORD_DATA'] !== undefined && existsSync(data('frontex-detections.csv'));
if (!here) console.warn("SKIPPED: the real series aren't here; ACCORD_DATA names the directory that holds them.");

(here ? describe : describe.skip)('the real series (needs ACCORD_DATA)', () => {
  const linesOf = (name: string) => readFileSync(data(name), 'utf8').trim().split('\n');

  it('are read by day, every row', () => {
    const [header, ...rows] = linesOf('uk-small-boats-daily.csv');
    const columns = cellsOf(header!);
    const days = rows.map((row, n) => ukSmallBoats.map!(row, undefined, { columns, row: n + 1 }));
    const bodies = days.map((day) => JSON.parse((day as { body: string }).body) as { date: string; migrants: number });
    const until = bodies.filter(({ date }) => date >= '2025-01-01' && date <= '2025-05-15');
    expect([bodies.length, until.reduce((sum, { migrants }) => sum + migrants, 0)]).toEqual([3155, 12699]);
  });

  it('are read by route and month, and nobody is lost', async () => {
    const lines = linesOf('frontex-detections.csv');
    const months = (await gathered(frontex, lines)) as [number, { period: string; migrants: number }][];
    const total = (counts: readonly number[]) => counts.reduce((sum, n) => sum + n, 0);
    expect(months).toHaveLength(1792);
    expect(total(months.map(([, { migrants }]) => migrants))).toBe(
      total(lines.slice(1).map((line) => Number(line.split(',').at(-1)))),
    );
  });
});
