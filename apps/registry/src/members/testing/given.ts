import { Problem } from '#contracts';
import { decideMember, type MemberCommand } from '../member.decide.ts';
import { foldMember, type MemberEvent } from '../member.ts';

export const jwk = (x: string) => ({ kty: 'OKP', crv: 'Ed25519', x });
export const founded: MemberEvent = {
  type: 'member-founded.v1',
  data: {
    by: null,
    code: 'GB',
    bit: 0,
    name: 'United Kingdom',
    contact: 'Accord desk London',
    issuer: 'urn:accord:issuer:GB',
    jwks: { keys: [jwk('tokens')] },
    signingKeys: [{ kid: 'gb-1', jwk: jwk('events'), from: 1, until: null }],
  },
};
export const proposed: MemberEvent = {
  type: 'member-proposed.v1',
  data: { by: 'GB', code: 'MK', bit: 3, name: 'North Macedonia', contact: 'Accord desk Skopje' },
};
export const approved: MemberEvent = { type: 'member-approved.v1', data: { by: 'XK' } };
export const registered: MemberEvent = {
  type: 'member-keys-registered.v1',
  data: {
    by: 'MK',
    issuer: 'urn:accord:issuer:MK',
    jwks: { keys: [jwk('mk')] },
    signingKeys: [{ kid: 'mk-1', jwk: jwk('mk-events'), from: 1, until: null }],
  },
};
export const passed: MemberEvent = { type: 'member-conformance-passed.v1', data: { by: 'MK', run: 'run-1' } };
export const activated: MemberEvent = { type: 'member-activated.v1', data: { by: 'MK' } };
export const active = [proposed, approved, registered, passed, activated];
export const suspendedByItself: MemberEvent = { type: 'member-suspended.v1', data: { by: 'MK', suspendedBy: ['MK'] } };
export const suspendedByOthers: MemberEvent = {
  type: 'member-suspended.v1',
  data: { by: 'XK', suspendedBy: ['AL', 'GB', 'XK'] },
};
export const given = (by: string): MemberEvent => ({ type: 'member-approval-given.v1', data: { by } });

export const propose: Extract<MemberCommand, { command: 'propose' }> = {
  command: 'propose',
  code: 'MK',
  bit: 3,
  name: 'North Macedonia',
  contact: 'Accord desk Skopje',
};
export const registerKeys: Extract<MemberCommand, { command: 'register-keys' }> = {
  command: 'register-keys',
  issuer: 'urn:accord:issuer:MK',
  jwks: { keys: [jwk('mk')] },
  signingKey: { kid: 'mk-1', jwk: jwk('mk-events') },
};
export const rotate: MemberCommand = { ...registerKeys, signingKey: { kid: 'mk-2', jwk: jwk('new'), from: 40 } };

/** Given these events, when a member says this (three founders are active), then these events, or this problem's code. */
export const then = (events: MemberEvent[], by: string, command: MemberCommand, actives = ['GB', 'AL', 'XK']) => {
  try {
    return decideMember(foldMember(events), command, { by, actives });
  } catch (error) {
    if (error instanceof Problem) return error.code;
    throw error;
  }
};
export const four = ['GB', 'AL', 'XK', 'MK'];
