import { expect, it } from '@jest/globals';
import { notice, refusalOf, toldOf, type Life } from './life.ts';

const FOR = 'statistics';
const release = { audience: ['AL'], purposes: [FOR] };
const DAY = { date: '2025-05-15', kind: 'provisional', migrants: 120, boats: 2 };
const EMPTY = { items: [], next: null };
const UNKNOWN = { yearBefore: null, change: null };

/** Counts of a member, as they are replaced and corrected, in another member's sums. */
export const livesCrossings = (life: Life): void => {
  const { post, own, seen, settled } = life;
  const report = async (...counts: object[]) => {
    const answers: { id: string }[] = [];
    for (const count of counts) answers.push((await post('GB', '/v1/crossings', count)).json);
    await settled('GB');
    return answers;
  };
  const sums = async (member: string, query: string, purpose = FOR) =>
    (await seen(member, `/v1/crossings?originator=GB&${query}`, purpose)).json;
  const summary = async (member: string) =>
    (await seen(member, `/v1/crossings/summary?originator=GB&date=${DAY.date}`, FOR)).json;
  const MAY = 'from=2025-05-12&to=2025-05-18';

  it('reconciles what was provisional, corrects it, and keeps apart what was prevented', async () => {
    await report({ ...DAY, release }, { ...DAY, date: '2025-05-14', migrants: 40, boats: 1, release });
    const fourteenth = { period: '2025-05-14', migrants: 40, boats: 1, peoplePerBoat: 40, ...UNKNOWN };
    const first = { period: DAY.date, migrants: 120, boats: 2, peoplePerBoat: 60, ...UNKNOWN };
    const days = [fourteenth, first].map((day) => ({ ...day, sevenDayMean: null }));
    expect(await sums('AL', MAY)).toEqual({ items: days, next: null });

    const books = { ...DAY, kind: 'reconciled', migrants: 118 };
    const lastYear = { ...books, date: '2024-05-15', migrants: 80 };
    const [reconciled] = await report({ ...books, release }, { ...lastYear, release });
    const since = { yearBefore: 80, change: 0.475 };
    const settledDay = { ...days[1], migrants: 118, peoplePerBoat: 59, ...since };
    expect(await sums('AL', MAY)).toEqual({ items: [days[0], settledDay], next: null });
    expect(await sums('AL', `${MAY}&kind=provisional`)).toEqual({ items: days, next: null });

    const corrected = { ...books, migrants: 119 };
    const third = { id: reconciled!.id, version: 3 };
    expect(await report(corrected, corrected)).toEqual([third, third]);
    await report({ date: DAY.date, kind: 'prevented', migrants: 30, events: 3, release });
    const week = { migrants: 159, boats: 3, peoplePerBoat: 53, yearBefore: 80, change: 0.9875 };
    for (const [query, period] of [
      [`by=week&${MAY}`, '2025-W20'],
      ['by=month&from=2025-05-01&to=2025-05-31', '2025-05'],
      ['by=year&from=2025-01-01', '2025'],
    ])
      expect(await sums('AL', query!)).toEqual({ items: [{ period, ...week }], next: null });
    expect(await sums('AL', `by=week&kind=prevented&${MAY}`)).toEqual({
      items: [{ period: '2025-W20', migrants: 30, boats: null, events: 3, peoplePerBoat: null, ...UNKNOWN }],
      next: null,
    });
    const told = {
      ...{ day: 119, week: 159, yearToDate: 159, sameDayLastYear: 80, boats: 2, peoplePerBoat: 59.5 },
      ...{ sevenDayMean: null, yearToDateLastYear: 80, weekBefore: null },
    };
    expect(await summary('AL')).toEqual({ date: DAY.date, ...told });
    const nothing = Object.fromEntries(Object.keys(told).map((name) => [name, null]));
    expect(await summary('XK')).toEqual({ date: DAY.date, ...nothing });
    expect(await sums('XK', MAY)).toEqual(EMPTY);
    expect(await sums('AL', MAY, 'returns')).toEqual(EMPTY);
  });

  it('tells another member no small cell, nor what would give it back', async () => {
    const nationalities = Object.entries({ al: 30, ir: 15, xk: 3 }).map(([country, count]) => ({ country, count }));
    const [month] = await report({ period: '2025-03', kind: 'reconciled', migrants: 50, nationalities });
    const MARCH = 'from=2025-03-01&to=2025-03-31';
    expect(await sums('AL', `by=nationality&${MARCH}`)).toEqual(EMPTY);
    const released = await post('GB', `/v1/crossings/${month!.id}/release`, release);
    expect(released.json).toEqual({ id: month!.id, version: 2 });
    await settled('GB');
    const broken = async (member: string) => {
      const { items } = await sums(member, `by=nationality&${MARCH}`);
      for (const { period, boats, migrants, years } of items)
        expect({ period, boats, years }).toEqual({ period: '2025-03', boats: null, years: { '2025': migrants } });
      return items.map(({ nationality, migrants }: Record<string, unknown>) => [nationality, migrants]);
    };
    expect(await broken('AL')).toEqual([
      ['al', 30],
      ['other', 20],
    ]);
    expect(await broken('GB')).toEqual(Object.entries({ al: 30, ir: 15, xk: 3, other: 2 }));
    expect(await broken('XK')).toEqual([]);
    expect(await sums('AL', `by=month&${MARCH}`)).toEqual({
      items: [{ period: '2025-03', migrants: 50, boats: null, peoplePerBoat: null, ...UNKNOWN }],
      next: null,
    });
  });

  it('falls back to what was provisional once the reconciled count is recalled', async () => {
    const day = { ...DAY, date: '2025-06-02' };
    const books = { ...day, kind: 'reconciled', migrants: 110 };
    const [provisional, reconciled] = (await report({ ...day, release }, { ...books, release })).map(({ id }) => id);
    const counted = async () => {
      const { items } = await sums('AL', `from=${day.date}&to=${day.date}`);
      return items.map(({ migrants }: { migrants: number }) => migrants);
    };
    expect(await counted()).toEqual([110]);
    const end = async (id: string | undefined, what: string) => {
      await post('GB', `/v1/crossings/${id}/${what}`, { reason: 'The books were open still.' });
      await settled('GB');
    };
    await end(reconciled, 'recall');
    expect(await counted()).toEqual([120]);
    expect(await toldOf(life, 'AL', reconciled!)).toEqual([notice('recall', reconciled!)]);
    expect(refusalOf(await post('GB', '/v1/crossings', books))).toBe('409 crossing.recalled');
    await end(provisional, 'recall');
    expect(await counted()).toEqual([]);
    await end(provisional, 'erase');
    const kept = await own('GB', `/v1/crossings/${provisional}`);
    expect(kept.json).toMatchObject({ id: provisional, state: 'erased' });
    expect(kept.json).not.toHaveProperty('migrants');
  });

  it('refuses a count that contradicts itself', async () => {
    const refused = async (wrong: object) => refusalOf(await post('GB', '/v1/crossings', { ...DAY, ...wrong }));
    expect(await refused({ boats: undefined })).toBe('422 crossing.invalid /boats required');
    expect(await refused({ date: '2025-02-30' })).toBe('400 invalid-request /date format');
    expect(await refused({ migrants: 1, nationalities: [{ country: 'al', count: 2 }] })).toBe(
      '422 crossing.invalid /nationalities sum',
    );
  });
};
