import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { InvalidRequest } from '#contracts';
import { wrongHead, wrongWidth } from './counts.ts';
import { cellsOf } from './format.ts';
import { frontex } from './frontex.ts';
import { gathered } from './testing/gathered.ts';
import { ukSmallBoats } from './uk-small-boats.ts';

describe('a line of a table', () => {
  const wide = (line: string) => wrongWidth(['date', 'migrants', 'boats'], cellsOf(line)).map(({ rule }) => rule);

  it('has no cell too many: a comma in a number would make it another number', () => {
    expect(wide('2022-09-03,1,305,27')).toEqual(['columns']);
    expect(wide('2022-09-03,"1,305",27')).toEqual([]);
    expect(wide('2022-09-03,1305,27,,\r')).toEqual([]);
    expect(wide('2022-09-03')).toEqual([]);
  });

  it('closes each quotation mark: a file goes on after a line that does not', () => {
    expect(() => cellsOf('2022-09-03,"1,305,27')).toThrow(InvalidRequest);
    expect(cellsOf('2022-09-03,5" of it,27')).toHaveLength(3);
  });

  it('stands under a first line that names what is needed', () => {
    const head = (line: string) => wrongHead(cellsOf(line), ukSmallBoats.needs).map(({ path }) => path);
    expect(head('#date,migrants,boats,note')).toEqual([]);
    expect(head('date;migrants;boats')).toEqual(['/date', '/migrants', '/boats']);
  });
});

describe('the format frontex', () => {
  const header = 'route,type,nat,t,n';

  it('makes one count of a month and route, with its nationalities', async () => {
    const lines = [
      ...[header, 'Western Balkan Route,Land,ALB,2025-04,12', 'Western Balkan Route,Land,XKX,2025-04,3'],
      ...['Western Balkan Route,Land,OOO,2025-04,5', 'Western Balkan Route,Sea,ALB,2025-04,1'],
      'Western Balkan Route,Land,UNK,2025-04,1',
    ];
    const common = { kind: 'detected', period: '2025-04' };
    const nationalities = [
      { country: 'al', count: 12 },
      { country: 'xk', count: 4 },
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

  it('takes a row once, and sends nothing of a month that has one twice', async () => {
    const lines = [header, 'x,Land,ALB,2025-04,1', 'x,Land,ALB,2025-04,1', 'x,Sea,ALB,2025-04,1'];
    expect(await gathered(frontex, lines)).toEqual([
      [3, '/nat', 'unique', expect.anything()],
      [2, '/t', 'incomplete', expect.anything()],
      [4, expect.objectContaining({ route: 'x, Sea', migrants: 1 })],
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

  it('are read by day, every row', async () => {
    const days = await gathered(ukSmallBoats, linesOf('uk-small-boats-daily.csv'));
    const bodies = (days as [number, { date: string; migrants: number }][]).map(([, body]) => body);
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
