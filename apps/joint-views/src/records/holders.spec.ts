import { describe, expect, it } from '@jest/globals';
import type { Shield } from '#contracts';
import { ACCESS } from '../intake/testing/source.ts';
import { fold, unfolded } from './fold.ts';
import type { Change } from './record.ts';

const R = '01980000-0000-7000-8000-0000000000a1';
/** Its originator among them: to it nothing is told. */
const AUDIENCE = ['AL', 'GB', 'XK'];

type Word = Change extends infer One
  ? One extends Change
    ? Omit<One, 'record' | 'sequence' | 'event' | 'at'>
    : never
  : never;
const content = (shield: Shield) => ({ shield, rows: {} });
const put = (audience = AUDIENCE, shield: Shield = []): Word => {
  return { change: 'put', kind: 'report', access: { ...ACCESS, audience }, content: content(shield) };
};
const released = put();
/** What a member said on a record that may be another's. */
const word: Word = { change: 'put', kind: 'contribution', access: null, content: content([]) };
const add = (shield: Shield): Word => ({ change: 'add', content: content(shield) });
const shielded = (shield: Shield): Word => ({ change: 'reshield', shield });
const extended = (...audience: string[]): Word => ({ change: 'extend', audience });
const recalled: Word = { change: 'recall' };
const expired: Word = { change: 'expire' };
const erased: Word = { change: 'erase' };
const poisoned: Word = { change: 'poison', reason: 'invalid-content' };

/** As it is read after its key is gone. */
const withoutKey = (said: Word): Word => {
  if (said.change === 'put' || said.change === 'add') return { ...said, content: null, unread: true };
  return said.change === 'reshield' ? { ...said, shield: null, unread: true } : said;
};

const at = '2026-01-01T00:00:00.000Z';
const eventOf = (sequence: number) => `01980000-0000-7000-8000-00000000000${sequence}`;
const after = (said: readonly Word[]) =>
  said
    .map((one, n) => ({ ...one, record: R, sequence: n + 1, event: eventOf(n + 1), at }) as Change)
    .reduce(fold, unfolded('GB', null, false)).withdrawals;
/** By the place of the change: from whom, or `-` from all but whom. */
const taken = (said: readonly Word[]) =>
  Object.fromEntries(
    after(said).map(({ sequence, removed: { codes, allBut } }) => [sequence, (allBut ? '-' : '') + codes.join()]),
  );

describe('whom a change takes a record from', () => {
  it('is told with its event', () => {
    const removed = { codes: ['AL', 'XK'], allBut: false };
    expect(after([released, recalled])).toEqual([{ record: R, sequence: 2, event: eventOf(2), at, removed }]);
  });

  it.each<[string, Word[], Record<number, string>]>([
    ['a first release: nobody', [released], {}],
    ['a narrower release', [released, put(['AL'])], { 2: 'XK' }],
    ['a wider release: nobody', [put(['AL']), released], { 2: '' }],
    ['a wider shield', [released, shielded(['al'])], { 2: 'AL' }],
    ['a shield from all', [released, shielded('ALL')], { 2: 'AL,XK' }],
    ['a shield from whom it never went to: nobody', [released, shielded(['sy', 'gb'])], { 2: '' }],
    ['an amendment that touches one more person', [released, put(undefined, ['al'])], { 2: 'AL' }],
    ['an added part that does', [released, add(['al'])], { 2: 'AL' }],
    ['an added part that does not: nobody', [released, add([])], { 2: '' }],
    ['a recall', [released, recalled], { 2: 'AL,XK' }],
    ['a recall after a shield: the others', [released, shielded(['al']), recalled], { 2: 'AL', 3: 'XK' }],
    ['a recall after a narrower release: the others', [released, put(['AL']), recalled], { 2: 'XK', 3: 'AL' }],
    [
      'what comes after a recall: nobody',
      [released, recalled, recalled, shielded(['al'])],
      { 2: 'AL,XK', 3: '', 4: '' },
    ],
    [
      'a release after a recall: nobody, but the next recall',
      [released, recalled, released, recalled],
      { 2: 'AL,XK', 3: '', 4: 'AL,XK' },
    ],
    ['an expiry: nobody, and a recall after it', [released, expired, recalled], { 3: 'AL,XK' }],
    [
      'a narrower release, or a shield, after an expiry',
      [released, expired, shielded(['al']), put(['AL'])],
      { 3: 'AL', 4: 'XK' },
    ],
    ['an audience that grew: nobody, and a recall after it', [put(['AL']), extended('XK'), recalled], { 3: 'AL,XK' }],
    ['an event of no use: nobody', [released, poisoned], {}],
    ['a recall of a word: whoever sees what it was said on', [word, recalled], { 2: '-GB' }],
    ['a shield of a word, and its recall', [word, shielded(['al']), recalled], { 2: 'AL', 3: '-AL,GB' }],
    ['a shield of a word from all', [word, shielded('ALL'), recalled], { 2: '-GB', 3: '' }],
  ])('%s', (_, said, expected) => expect(taken(said)).toEqual(expected));

  it.each<[string, Word[], Record<number, string>]>([
    ['an erasure', [released, erased], { 2: '-' }],
    [
      'and whatever came before it',
      [released, shielded(['al']), put(['XK']), recalled, erased, recalled],
      { 2: '-', 3: '-', 4: '-', 5: '-' },
    ],
    ['and of a word', [word, shielded(['al']), erased], { 2: '-', 3: '-' }],
  ])('%s takes it from all, with its key and without', (_, said, expected) => {
    expect(taken(said)).toEqual(expected);
    expect(after(said.map(withoutKey))).toEqual(after(said));
  });

  it('is the same of a record that is made anew as of one whose key was there', () => {
    const said = [released, shielded(['al']), recalled];
    expect(taken(said.map(withoutKey))).toEqual({ 2: '', 3: 'AL,XK' });
    expect(taken(said)).toEqual({ 2: 'AL', 3: 'XK' });
  });
});
