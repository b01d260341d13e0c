import { describe, expect, it } from '@jest/globals';
import type { Release } from './format.ts';
import { gathered } from './testing/gathered.ts';
import { ukSmallBoatsWeekly } from './uk-small-boats-weekly.ts';
import { ukSmallBoats } from './uk-small-boats.ts';

const release: Release = { audience: 'TASK_FORCE', purposes: ['statistics'] };

/** Days that the node has. */
const week = (from: number, days: number, migrants = 10) =>
  Array.from({ length: days }, (_, n) => ({
    ...{ date: `2025-05-${from + n}`, kind: 'provisional', state: 'released', migrants, boats: 1 },
  }));

describe('the format uk-small-boats', () => {
  const header = '#date,migrants,boats';
  const days = (...lines: string[]) => gathered(ukSmallBoats, [header, ...lines]);
  const told = async (lines: string[], own: object[]) =>
    (await gathered(ukSmallBoats, [header, ...lines], own)).map((one) => (one as unknown[]).slice(0, 3));
  const said = (arrived: object) => ({ period: '2025-W20', kind: 'provisional', state: 'released', ...arrived });

  it('makes a provisional count of a day', async () => {
    const count = { date: '2022-09-03', kind: 'provisional', migrants: 1305, boats: 27 };
    expect(await days('"2022-09-03",1305,27')).toEqual([[2, count]]);
    expect(await gathered(ukSmallBoats, [header, '03/09/2022,1305,27'], [], release)).toEqual([
      [2, { ...count, release }],
    ]);
  });

  it('names what it cannot read', async () => {
    expect(await told(['2022-02-30,-1,'], [])).toEqual([
      [2, '/date', 'date'],
      [2, '/migrants', 'number'],
      [2, '/boats', 'number'],
    ]);
  });

  it('takes a day once from a file', async () => {
    expect(await told(['2022-09-03,1305,27', '03/09/2022,1306,27', '2022-09-04,1306,27'], [])).toEqual([
      [3, '/date', 'unique'],
      [2, expect.objectContaining({ migrants: 1305 })],
      [4, expect.objectContaining({ migrants: 1306 })],
    ]);
  });

  it('sends no day of a week that contradicts it, and says so row by row', async () => {
    const lines = ['2025-05-17,10,1', '2025-05-18,11,1', '2025-05-19,5,1'];
    const own = [...week(12, 5), said({ migrants: 70, boats: 7 })];
    expect(await gathered(ukSmallBoats, [header, ...lines], own)).toEqual([
      [2, '/migrants', 'week-disagrees', '2025-W20: the week says 70, its 7 days add up to 71.'],
      [3, '/migrants', 'week-disagrees', '2025-W20: the week says 70, its 7 days add up to 71.'],
      [4, expect.objectContaining({ date: '2025-05-19', migrants: 5 })],
    ]);
  });

  it('compares with the week that stands, as the days would stand', async () => {
    const last = ['2025-05-18,10,1'];
    const agreed = [[2, expect.objectContaining({ migrants: 10 })]];
    expect(await told(last, [...week(12, 6), said({ migrants: 70 })])).toEqual(agreed);
    // Of a week with days missing the rest may be less, and never more.
    expect(await told(last, [...week(12, 2), said({ migrants: 30 })])).toEqual(agreed);
    expect(await told(last, [...week(12, 2), said({ migrants: 29 })])).toEqual([[2, '/migrants', 'week-disagrees']]);
    const reconciled = { ...said({ migrants: 70, boats: 8 }), kind: 'reconciled' };
    expect(await told(last, [...week(12, 6), said({ migrants: 60 }), reconciled])).toEqual([
      [2, '/boats', 'week-disagrees'],
    ]);
    // Ended, prevented, or by another route, it is another count.
    for (const other of [{ state: 'recalled' }, { kind: 'prevented' }, { route: 'Land' }]) {
      expect(await told(last, [...week(12, 6), said({ migrants: 1, ...other })])).toEqual(agreed);
    }
    // What is reconciled of a day stays, whatever the file says of it.
    const day = { ...week(18, 1)[0]!, kind: 'reconciled', migrants: 20 };
    expect(await told(last, [...week(12, 6), day, said({ migrants: 80 })])).toEqual(agreed);
  });
});

describe('the format uk-small-boats-weekly', () => {
  const header = 'week_ending,migrants_arrived,boats_arrived,migrants_prevented,events_prevented';

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
