import { describe, expect, it } from '@jest/globals';
import { foldMember, memberSnapshot, type KnownMember, type MemberEvent } from './member.ts';
import {
  jwk,
  founded,
  proposed,
  approved,
  registered,
  passed,
  activated,
  active,
  given,
  propose,
  registerKeys,
  rotate,
  then,
  four,
} from './testing/given.ts';

describe('proposing a member', () => {
  it('by an active member', () => expect(then([], 'GB', propose)).toEqual([proposed]));
  it('not by another', () => expect(then([], 'ME', propose)).toBe('forbidden'));
  it('once', () => expect(then([proposed], 'AL', propose)).toBe('member.exists'));
  it('not a founder', () => expect(then([founded], 'AL', { ...propose, code: 'GB' })).toBe('member.exists'));
  it('while a bit is free', () => expect(then([], 'GB', { ...propose, bit: 63 })).toBe('member.no-place'));
});

describe('approving a member', () => {
  it('by one of several', () => expect(then([proposed], 'GB', { command: 'approve' })).toEqual([given('GB')]));
  it('by the last active member', () =>
    expect(then([proposed, given('GB'), given('AL')], 'XK', { command: 'approve' })).toEqual([approved]));
  it('once by each', () =>
    expect(then([proposed, given('GB')], 'GB', { command: 'approve' })).toBe('member.already-approved'));
  it('completed by one that approved before, when who was missing has left', () =>
    expect(then([proposed, given('GB'), given('AL')], 'GB', { command: 'approve' }, ['GB', 'AL'])).toEqual([
      { type: 'member-approved.v1', data: { by: 'GB' } },
    ]));
  it('not by itself', () => expect(then([proposed], 'MK', { command: 'approve' })).toBe('forbidden'));
  it('not when approved', () =>
    expect(then([proposed, approved], 'GB', { command: 'approve' })).toBe('member.not-proposed'));
  it('again by who was the last, which changes nothing, until keys are registered', () => {
    expect(then([proposed, approved], 'XK', { command: 'approve' })).toEqual([]);
    expect(then([proposed, approved], 'XK', { command: 'approve' }, ['GB', 'AL'])).toBe('forbidden');
    expect(then([proposed, approved, registered], 'XK', { command: 'approve' })).toBe('member.not-proposed');
  });
  it('not when unknown', () => expect(then([], 'GB', { command: 'approve' })).toBe('not-found'));
});

describe('registering keys', () => {
  it('by itself once approved', () => expect(then([proposed, approved], 'MK', registerKeys)).toEqual([registered]));
  it('not before', () => expect(then([proposed], 'MK', registerKeys)).toBe('member.not-approved'));
  it('not by another', () => expect(then([proposed, approved], 'GB', registerKeys)).toBe('forbidden'));
  it('rotates when active, and keeps the old key', () =>
    expect(then(active, 'MK', rotate, four)).toEqual([
      {
        type: 'member-keys-registered.v1',
        data: {
          by: 'MK',
          issuer: 'urn:accord:issuer:MK',
          jwks: { keys: [jwk('mk')] },
          signingKeys: [
            { kid: 'mk-1', jwk: jwk('mk-events'), from: 1, until: null },
            { kid: 'mk-2', jwk: jwk('new'), from: 40, until: null },
          ],
        },
      },
    ]));
  it('never other bytes under an id that was used', () =>
    expect(then(active, 'MK', { ...registerKeys, signingKey: { kid: 'mk-1', jwk: jwk('other') } }, four)).toBe(
      'key.id-taken',
    ));
  it('never a key that was revoked, under another id', () =>
    expect(
      then(
        [...active, { type: 'member-key-revoked.v1', data: { by: 'MK', kid: 'mk-1', from: 12 } }],
        'MK',
        { ...registerKeys, signingKey: { kid: 'mk-2', jwk: jwk('mk-events'), from: 12 } },
        four,
      ),
    ).toBe('key.id-taken'));
  it('revokes from a sequence', () =>
    expect(then(active, 'MK', { command: 'revoke-key', kid: 'mk-1', from: 12 }, four)).toEqual([
      { type: 'member-key-revoked.v1', data: { by: 'MK', kid: 'mk-1', from: 12 } },
    ]));
  it('revokes never later than it did', () =>
    expect(
      then(
        [...active, { type: 'member-key-revoked.v1', data: { by: 'MK', kid: 'mk-1', from: 12 } }],
        'MK',
        { command: 'revoke-key', kid: 'mk-1', from: 13 },
        four,
      ),
    ).toBe('key.revocation-invalid'));
});

describe('revoking a key of a member that has withdrawn', () => {
  const left: MemberEvent[] = [...active, { type: 'member-withdrawn.v1', data: { by: 'MK' } }];
  const revoke = { command: 'revoke-key', kid: 'mk-1', from: 12 } as const;
  const called = (by: string, from = 12): MemberEvent => ({
    type: 'member-key-revocation-called.v1',
    data: { by, kid: 'mk-1', from },
  });
  const revoked = (by: string): MemberEvent => ({ type: 'member-key-revoked.v1', data: { by, kid: 'mk-1', from: 12 } });

  it('by one of several active members', () => expect(then(left, 'GB', revoke)).toEqual([called('GB')]));
  it('by the last of them', () =>
    expect(then([...left, called('GB'), called('AL')], 'XK', revoke)).toEqual([revoked('XK')]));
  it('once by each', () => expect(then([...left, called('GB')], 'GB', revoke)).toBe('member.already-called'));
  it('completed by one that called before, when who was missing has left', () =>
    expect(then([...left, called('GB'), called('AL')], 'GB', revoke, ['GB', 'AL'])).toEqual([revoked('GB')]));
  it('from one and the same sequence: calls for others are calls of their own', () => {
    const before = [...left, called('GB'), called('AL', 11)];
    expect(then(before, 'XK', revoke)).toEqual([called('XK')]);
    expect(then([...before, called('XK')], 'AL', revoke)).toEqual([revoked('AL')]);
  });
  it('further back later, what was called for meanwhile counting', () => {
    const before = [...left, called('GB', 11), called('GB'), called('AL'), revoked('XK')];
    expect(then(before, 'GB', { ...revoke, from: 11 })).toBe('member.already-called');
    expect(then(before, 'GB', { ...revoke, from: 13 })).toBe('key.revocation-invalid');
  });
  it('not by itself, nor by one that is not active', () => {
    expect(then(left, 'MK', revoke)).toBe('forbidden');
    expect(then(left, 'ME', revoke)).toBe('forbidden');
  });
  it('not what it never had, or never signed', () => {
    expect(then(left, 'GB', { ...revoke, kid: 'mk-9' })).toBe('not-found');
    expect(then(left, 'GB', { ...revoke, from: 0 })).toBe('key.revocation-invalid');
  });
  it('ends at the sequence, and what stood before it stands', () =>
    expect(
      memberSnapshot(foldMember([...left, called('GB'), called('AL'), revoked('XK')]) as KnownMember),
    ).toMatchObject({ state: 'withdrawn', signingKeys: [{ kid: 'mk-1', from: 1, until: 12 }] }));
});

describe('becoming active', () => {
  it('passes conformance', () =>
    expect(then([proposed, approved, registered], 'MK', { command: 'pass-conformance', run: 'run-1' })).toEqual([
      passed,
    ]));
  it('not without it', () =>
    expect(then([proposed, approved, registered], 'MK', { command: 'activate' })).toBe(
      'member.not-conformance-passed',
    ));
  it('by itself', () => {
    const before = [proposed, approved, registered, passed];
    expect(then(before, 'MK', { command: 'activate' })).toEqual([activated]);
    expect(then(before, 'GB', { command: 'activate' })).toBe('forbidden');
  });
});

describe('the snapshot that travels', () => {
  it('of a proposed member has no keys', () =>
    expect(memberSnapshot(foldMember([proposed]) as KnownMember)).toEqual({
      code: 'MK',
      bit: 3,
      name: 'North Macedonia',
      contact: 'Accord desk Skopje',
      state: 'proposed',
      issuer: null,
      jwks: null,
      signingKeys: [],
    }));
  it('of a withdrawn one keeps them: what it signed goes on verifying', () =>
    expect(
      memberSnapshot(
        foldMember([
          ...active,
          { type: 'member-key-revoked.v1', data: { by: 'MK', kid: 'mk-1', from: 12 } },
          { type: 'member-withdrawn.v1', data: { by: 'MK' } },
        ]) as KnownMember,
      ),
    ).toEqual({
      code: 'MK',
      bit: 3,
      name: 'North Macedonia',
      contact: 'Accord desk Skopje',
      state: 'withdrawn',
      issuer: 'urn:accord:issuer:MK',
      jwks: { keys: [jwk('mk')] },
      signingKeys: [{ kid: 'mk-1', jwk: jwk('mk-events'), from: 1, until: 12 }],
    }));
});
