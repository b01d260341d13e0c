import { describe, expect, it } from '@jest/globals';
import type { Problem } from '#contracts';
import * as decide from './hub-talks.decide.ts';
import type { HubTalks } from './hub-talks.decide.ts';

const CASE = '01980000-0000-7000-8000-0000000000d1';
const OTHER = '01980000-0000-7000-8000-0000000000d2';

const codeOf = (act: () => unknown): unknown => {
  try {
    return act();
  } catch (error) {
    return (error as Problem).code;
  }
};

describe('talks about a hub', () => {
  const proposed = decide.propose({ country: 'RS' }, { member: 'GB' });
  const inTalks: HubTalks = { ...proposed, stage: 'in-talks' };
  const agreed: HubTalks = { ...proposed, stage: 'agreed', places: 1 };
  const declined: HubTalks = { ...proposed, stage: 'declined', reason: 'No.' };

  it('begin, and end in a hub or in nothing', () => {
    expect(decide.start(proposed)).toEqual(inTalks);
    expect(decide.agree(inTalks, 1)).toEqual(agreed);
    expect(decide.decline(inTalks, 'No.')).toEqual(declined);
    expect(decide.decline(proposed, 'No.')).toEqual(declined);
  });

  it('go no other way', () => {
    for (const now of [inTalks, agreed, declined])
      expect(codeOf(() => decide.start(now))).toBe('hub-talks.not-proposed');
    for (const now of [proposed, agreed, declined]) {
      expect(codeOf(() => decide.agree(now, 1))).toBe('hub-talks.not-in-talks');
    }
    for (const now of [agreed, declined]) expect(codeOf(() => decide.decline(now, 'r'))).toBe('hub-talks.ended');
  });

  it('give no place before they are agreed', () => {
    for (const now of [proposed, inTalks, declined]) expect(codeOf(() => decide.book(now, CASE))).toBe('hub.unknown');
  });

  it('give each place once, and the same again to the same return', () => {
    const full = decide.book(agreed, CASE);
    expect(full).toEqual({ ...agreed, taken: [CASE] });
    expect(decide.book(full, CASE)).toBe(full);
    expect(codeOf(() => decide.book(full, OTHER))).toBe('hub.full');
  });

  it('give it anew once it is left', () => {
    const full = decide.book(agreed, CASE);
    expect(decide.leave(full, OTHER)).toBe(full);
    expect(decide.book(decide.leave(full, CASE), OTHER)).toEqual({ ...agreed, taken: [OTHER] });
  });
});
