import { expect, it } from '@jest/globals';
import { FirstReads, type FirstRead } from './first-reads.ts';

const read = (record: string, sequence: number): FirstRead => ({ member: 'AL', record, sequence, at: '' });

it('leaves out what is stored, by member, unless it is earlier now', () => {
  const known = new FirstReads();
  known.remember([read('a', 7), read('a', 5), read('a', 9)]);
  const asked = [read('a', 5), read('a', 8), read('a', 4), read('b', 9), { ...read('a', 9), member: 'XK' }];
  expect(known.unknown(asked)).toEqual(asked.slice(2));
  known.forget();
  expect(known.unknown(asked)).toEqual(asked);
});

it('remembers no more than it may: what it forgot is written again', () => {
  const known = new FirstReads(2);
  known.remember([read('a', 1), read('b', 1), read('c', 1)]);
  expect(known.unknown([read('a', 1), read('b', 1), read('c', 1)])).toEqual([read('a', 1)]);
});
