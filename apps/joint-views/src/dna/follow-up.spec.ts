import { describe, expect, it } from '@jest/globals';
import type { WordKind } from './dna.projection.ts';
import { followUp, type Word } from './follow-up.ts';

const HOUR = 3_600_000;
const word = (kind: WordKind, hour: number): Word => ({
  ...{ kind, at: new Date(hour * HOUR), detail: null, originator: 'GB' },
  record: `00000000-0000-8000-8000-0000000000${String(hour).padStart(2, '0')}`,
});
const state = (words: Word[], hour = 1) => followUp(words, hour * HOUR).state;

describe('the follow-up of a hit', () => {
  const confirmed = word('confirmed', 1);
  const requested = word('data-requested', 2);

  it('goes from candidate to what was sent', () => {
    expect(state([])).toBe('candidate');
    expect(state([confirmed])).toBe('confirmed');
    expect(state([confirmed, requested])).toBe('data-requested');
    expect(state([confirmed, requested, word('data-sent', 3)])).toBe('data-sent');
    expect(state([confirmed, requested, word('data-refused', 3)])).toBe('data-refused');
  });

  it('is dismissed, whatever else was said', () => {
    expect(state([word('dismissed', 1)])).toBe('dismissed');
    expect(state([confirmed, requested, word('dismissed', 9), word('data-sent', 10)])).toBe('dismissed');
    expect(state([word('dismissed', 0), confirmed])).toBe('confirmed');
  });

  it('asks for data and sends them for nothing before it is confirmed', () => {
    expect(state([requested])).toBe('candidate');
    expect(state([word('data-sent', 1)])).toBe('candidate');
    expect(state([confirmed, word('data-sent', 2)])).toBe('confirmed');
    expect(state([word('data-requested', 0), confirmed])).toBe('data-requested');
  });

  it('is overdue 48 hours from confirmation and request, and no more once it is answered', () => {
    expect(state([confirmed, requested], 49.99)).toBe('data-requested');
    expect(state([confirmed, requested], 50)).toBe('overdue');
    expect(state([word('data-requested', 0), word('confirmed', 5)], 52)).toBe('data-requested');
    expect(state([word('data-requested', 0), word('confirmed', 5)], 53)).toBe('overdue');
    expect(state([confirmed, requested, word('data-sent', 60)], 70)).toBe('data-sent');
    expect(followUp([confirmed, requested], 0).due).toEqual(new Date(50 * HOUR));
  });

  it('does not depend on the order in which its words are known', () => {
    const words = [confirmed, requested, word('data-refused', 3), word('data-sent', 4)];
    for (const order of [words, words.toReversed(), [...words.slice(2), ...words.slice(0, 2)]]) {
      expect(followUp(order, 0)).toEqual(followUp(words, 0));
    }
  });
});
