import { expect, it } from '@jest/globals';
import { FirstReads, type FirstRead } from './first-reads.ts';

const read = (record: string, sequence: number): FirstRead => ({ member: 'AL', record, sequence, at: '' });

const newsOf = (known: FirstReads, reads: readonly FirstRead[]): FirstRead[] =>
  reads.filter(({ member, record, sequence }) => known.isNews(member, record, sequence));

it('leaves out what is stored, by member, unless it is earlier now', () => {
  const known = new FirstReads();
  known.remember([read('a', 7), read('a', 5), read('a', 9)]);
  const asked = [read('a', 5), read('a', 8), read('a', 4), read('b', 9), { ...read('a', 9), member: 'XK' }];
  expect(newsOf(known, asked)).toEqual(asked.slice(2));
  known.forget();
  expect(newsOf(known, asked)).toEqual(asked);
});

it('remembers no more than it may: what it forgot is written again', () => {
  const known = new FirstReads(2);
  known.remember([read('a', 1), read('b', 1), read('c', 1)]);
  expect(newsOf(known, [read('a', 1), read('b', 1), read('c', 1)])).toEqual([read('a', 1)]);
});

it('keeps the members together below its measure, and forgets of the one that has most', () => {
  const known = new FirstReads(3);
  const own = ['a', 'b', 'c'].map((record) => read(record, 1));
  const others = ['a', 'b'].map((record) => ({ ...read(record, 1), member: 'XK' }));
  known.remember(own);
  known.remember(others.slice(0, 1));
  expect(newsOf(known, [...own, ...others])).toEqual([own[0], others[1]]);
  known.remember(others);
  expect(newsOf(known, [...own, ...others])).toEqual(own.slice(0, 2));
});
