import { describe, expect, it } from '@jest/globals';
import type { Problem } from '#contracts';
import { assertHappened, assertToCome } from './happened.ts';

const around = { at: '2026-02-28T23:30:00.000Z', clockSkewMs: 300_000 };

const wrong = (body: object): string[] => refused(() => assertHappened(['at', 'date', 'period'], body, around));

const refused = (assert: () => void): string[] => {
  try {
    assert();
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

describe('what is to last', () => {
  const refusedUntil = (until: string) => refused(() => assertToCome(['until'], { until }, around.at));

  it.each(['2026-02-28T23:30:00.001Z', '2026-03-01T00:31:00+01:00'])('may end later: %s', (until) =>
    expect(refusedUntil(until)).toEqual([]),
  );
  it.each(['2026-02-28T23:30:00Z', '2026-03-01T00:30:00+01:00', '2025-01-01T00:00:00Z'])('has not ended: %s', (until) =>
    expect(refusedUntil(until)).toEqual(['422 time.past /until future']),
  );
  it('is not asked for where nothing lasts', () => {
    expect(() => assertToCome(undefined, { until: '2025-01-01T00:00:00Z' }, around.at)).not.toThrow();
  });
});
