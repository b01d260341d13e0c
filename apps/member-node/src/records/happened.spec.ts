import { describe, expect, it } from '@jest/globals';
import type { Problem } from '#contracts';
import { assertHappened } from './happened.ts';

const around = { at: '2026-02-28T23:30:00.000Z', clockSkewMs: 300_000 };

const wrong = (body: object): string[] => {
  try {
    assertHappened(['at', 'date', 'period'], body, around);
  } catch (error) {
    const { status, code, errors } = error as Problem;
    return errors.map(({ path, rule }) => `${status} ${code} ${path} ${rule}`);
  }
  return [];
};

describe('what is said to have happened', () => {
  it.each([
    { at: '2026-02-28T23:35:00Z' },
    { at: '2026-03-01T01:00:00+02:00' },
    { date: '2026-03-01' },
    { period: '2026-03' },
    { period: '2026-W09' },
    { at: undefined, until: '2027-01-01' },
    {},
  ])('may be now, as far as clocks and days agree: %j', (body) => expect(wrong(body)).toEqual([]));

  it.each([
    [{ at: '2026-02-28T23:35:01Z' }, '/at'],
    [{ at: '2027-01-01T00:00:00Z' }, '/at'],
    [{ date: '2026-03-02' }, '/date'],
    [{ period: '2026-W10' }, '/period'],
    [{ period: '2026-04' }, '/period'],
  ])('is not to come: %j', (body, path) => expect(wrong(body)).toEqual([`422 time.future ${path} past`]));

  it('is not asked for where nothing happens', () => {
    expect(() => assertHappened(undefined, { at: '2027-01-01T00:00:00Z' }, around)).not.toThrow();
  });
});
