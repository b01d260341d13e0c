import { describe, expect, it } from '@jest/globals';
import type { MemberEvent } from './member.ts';
import { active, suspendedByItself, suspendedByOthers, then, four } from './testing/given.ts';

describe('suspending a member', () => {
  const called = (by: string): MemberEvent => ({ type: 'member-suspension-called.v1', data: { by } });
  it('by itself', () => expect(then(active, 'MK', { command: 'suspend' }, four)).toEqual([suspendedByItself]));
  it('by all others, one after the other', () => {
    expect(then(active, 'GB', { command: 'suspend' }, four)).toEqual([called('GB')]);
    expect(then([...active, called('GB')], 'GB', { command: 'suspend' }, four)).toBe('member.already-called');
    expect(then([...active, called('GB'), called('AL')], 'XK', { command: 'suspend' }, four)).toEqual([
      suspendedByOthers,
    ]);
  });
  it('not when suspended', () =>
    expect(then([...active, suspendedByItself], 'GB', { command: 'suspend' })).toBe('member.not-active'));
});

describe('reinstating a member', () => {
  const called = (by: string): MemberEvent => ({ type: 'member-reinstatement-called.v1', data: { by } });
  const others = [...active, suspendedByOthers];
  it('by itself, where it suspended itself', () =>
    expect(then([...active, suspendedByItself], 'MK', { command: 'reinstate' })).toEqual([
      { type: 'member-reinstated.v1', data: { by: 'MK' } },
    ]));
  it('not by another then', () =>
    expect(then([...active, suspendedByItself], 'GB', { command: 'reinstate' })).toBe('member.suspended-by-another'));
  it('not by itself, where others did', () =>
    expect(then(others, 'MK', { command: 'reinstate' })).toBe('member.suspended-by-another'));
  it('by all of the others that did', () => {
    expect(then(others, 'GB', { command: 'reinstate' })).toEqual([called('GB')]);
    expect(then([...others, called('GB'), called('AL')], 'XK', { command: 'reinstate' })).toEqual([
      { type: 'member-reinstated.v1', data: { by: 'XK' } },
    ]);
  });
});

describe('withdrawing', () => {
  it('by itself, from active and from suspended', () => {
    const withdrawn = [{ type: 'member-withdrawn.v1', data: { by: 'MK' } }];
    expect(then(active, 'MK', { command: 'withdraw' }, four)).toEqual(withdrawn);
    expect(then([...active, suspendedByOthers], 'MK', { command: 'withdraw' })).toEqual(withdrawn);
  });
  it('not by another', () => expect(then(active, 'GB', { command: 'withdraw' }, four)).toBe('forbidden'));
});
