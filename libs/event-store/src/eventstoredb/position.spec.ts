import { describe, expect, it } from '@jest/globals';
import { isAfter, toLogPosition, toPosition } from './position.ts';

describe('a position', () => {
  it('is the commit and the prepare position, also beyond what a number holds', () => {
    expect(toPosition({ commit: 1792n, prepare: 1600n })).toBe('1792/1600');
    expect(toLogPosition('1792/1600')).toEqual({ commit: 1792n, prepare: 1600n });
    expect(toPosition({ commit: 9007199254740993n, prepare: 0n })).toBe('9007199254740993/0');
    expect(toLogPosition('9007199254740993/0')).toEqual({ commit: 9007199254740993n, prepare: 0n });
  });

  it.each(['', '1', '1/', '-1/0', '1.2.3', '1/2/3', ' 1/2', 'unknown', '99999999999999999999/0'])(
    'is not %p',
    (position) => {
      expect(() => toLogPosition(position)).toThrow('Not a position of this event store');
    },
  );

  it.each([undefined, { commit: 18446744073709551615n, prepare: 18446744073709551615n }])(
    'is unknown where the server tells none: %p',
    (position) => {
      expect(toPosition(position)).toBe('unknown');
    },
  );

  it.each([
    [{ commit: 10n, prepare: 10n }, { commit: 9n, prepare: 9n }, true],
    [{ commit: 10n, prepare: 2n }, { commit: 10n, prepare: 1n }, true],
    [{ commit: 10n, prepare: 1n }, { commit: 10n, prepare: 1n }, false],
    [{ commit: 9n, prepare: 9n }, { commit: 10n, prepare: 1n }, false],
  ])('%p comes after %p: %p', (one, other, expected) => {
    expect(isAfter(one, other)).toBe(expected);
  });
});
