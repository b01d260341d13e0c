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

it('keeps the members together below its measure', () => {
  const known = new FirstReads(2);
  const [a, b, c] = [read('a', 1), { ...read('a', 1), member: 'XK' }, read('b', 1)];
  known.remember([a, b, c]);
  expect(newsOf(known, [a, b, c])).toEqual([a]);
});
