import { Forbidden, MAX_MEMBERS, NotFound, RuleBroken, WrongState, type CodeOf } from '#contracts';
import type { Identity, Keys, KnownMember, Member, MemberEvent, PublicJwk, SigningKey } from './member.ts';

/** Who speaks, and the members that are active as it speaks. */
export interface Speaker {
  by: string;
  actives: readonly string[];
}

export interface NewKeys extends Pick<Keys, 'issuer' | 'jwks' | 'jwksUri'> {
  /** The first sequence of its source that the key signs; 1 where not given. */
  signingKey: { kid: string; jwk: PublicJwk; from?: number };
}

export type MemberCommand =
  | ({ command: 'propose' } & Identity)
  | { command: 'approve' }
  | ({ command: 'register-keys' } & NewKeys)
  | { command: 'revoke-key'; kid: string; from: number; reason?: string }
  | { command: 'pass-conformance'; run: string }
  | { command: 'activate' }
  | { command: 'suspend'; reason?: string }
  | { command: 'reinstate'; reason?: string }
  | { command: 'withdraw'; reason?: string };

type KeyFrom = Pick<Extract<MemberCommand, { command: 'revoke-key' }>, 'kid' | 'from'>;
type Of<C extends MemberCommand['command']> = Extract<MemberCommand, { command: C }>;
/** Null where what is asked for stands already, and is answered again. */
type Decide<C extends MemberCommand['command']> = (member: Member, command: Of<C>, who: Speaker) => MemberEvent | null;

const everyOther = (who: Speaker, code: string) => who.actives.filter((member) => member !== code).sort();
const hasAll = (votes: readonly string[], needed: readonly string[]) => needed.every((code) => votes.includes(code));

function known(member: Member): KnownMember {
  if (member.state === 'none') throw new NotFound();
  return member;
}

/** The states that a command may ask for: each has a code for not being in it. */
type Required = KnownMember['state'] &
  (CodeOf<'member'> extends infer Code ? (Code extends `not-${infer State}` ? State : never) : never);

/** The member in one of the states, or 409 with a code that names the first of them. */
function inState<S extends Required>(member: Member, ...states: [S, ...S[]]): Extract<Member, { state: S }> {
  const it = known(member);
  if (!(states as string[]).includes(it.state)) {
    throw new WrongState(`member.not-${states[0]}`, `${it.code} is ${it.state}.`);
  }
  return it as Extract<Member, { state: S }>;
}

function mustBeActive(who: Speaker): void {
  if (!who.actives.includes(who.by)) throw new Forbidden('Only an active member may do this.');
}

function mustBeItself(member: Member, who: Speaker): void {
  const { code } = known(member);
  if (code !== who.by) throw new Forbidden('A member does this for itself.');
}

const decisions: { [C in MemberCommand['command']]: Decide<C> } = {
  propose(member, { code, bit, name, contact }, who) {
    mustBeActive(who);
    if (member.state !== 'none') throw new WrongState('member.exists', `${code} is ${member.state}.`);
    if (bit >= MAX_MEMBERS) throw new WrongState('member.no-place', `A task force has at most ${MAX_MEMBERS} members.`);
    return { type: 'member-proposed.v1', data: { by: who.by, code, bit, name, contact } };
  },

  approve(member, _, who) {
    known(member);
    mustBeActive(who);
    // The enrolment token is in its answer: an answer that was lost must not be the end of it.
    if (member.state === 'approved' && member.approvedBy === who.by) return null;
    const it = inState(member, 'proposed');
    const all = hasAll([...it.votes, who.by], who.actives);
    // Who was missing may have left since: then one that approved before completes it.
    if (!all && it.votes.includes(who.by))
      throw new WrongState('member.already-approved', `${who.by} has approved ${it.code}.`);
    return { type: all ? 'member-approved.v1' : 'member-approval-given.v1', data: { by: who.by } };
  },

  'register-keys'(member, { issuer, jwks, jwksUri, signingKey }, who) {
    mustBeItself(member, who);
    const it = inState(member, 'approved', 'keys-registered', 'active');
    const signingKeys = withKey('signingKeys' in it ? it.signingKeys : [], signingKey);
    return { type: 'member-keys-registered.v1', data: { by: who.by, issuer, jwks, jwksUri, signingKeys } };
  },

  'revoke-key'(member, { kid, from, reason }, who) {
    const data = { by: who.by, kid, from, ...(reason !== undefined && { reason }) };
    if (member.state === 'withdrawn') {
      const all = mustCallForAll(member, { kid, from }, who);
      return { type: all ? 'member-key-revoked.v1' : 'member-key-revocation-called.v1', data };
    }
    mustBeItself(member, who);
    const it = inState(member, 'active', 'keys-registered', 'conformance-passed', 'suspended');
    mustSign(it.signingKeys, { kid, from });
    return { type: 'member-key-revoked.v1', data };
  },

  'pass-conformance'(member, { run }, who) {
    mustBeItself(member, who);
    inState(member, 'keys-registered');
    return { type: 'member-conformance-passed.v1', data: { by: who.by, run } };
  },

  activate(member, _, who) {
    mustBeItself(member, who);
    inState(member, 'conformance-passed');
    return { type: 'member-activated.v1', data: { by: who.by } };
  },

  suspend(member, { reason }, who) {
    known(member);
    mustBeActive(who);
    const it = inState(member, 'active');
    if (who.by === it.code) return { type: 'member-suspended.v1', data: { by: who.by, suspendedBy: [who.by], reason } };
    const others = everyOther(who, it.code);
    if (hasAll([...it.votes, who.by], others)) {
      return { type: 'member-suspended.v1', data: { by: who.by, suspendedBy: others, reason } };
    }
    if (it.votes.includes(who.by)) throw new WrongState('member.already-called', `${who.by} has called for it.`);
    return { type: 'member-suspension-called.v1', data: { by: who.by, reason } };
  },

  reinstate(member, { reason }, who) {
    const it = known(member);
    if (who.by !== it.code) mustBeActive(who);
    const suspended = inState(member, 'suspended');
    if (!suspended.suspendedBy.includes(who.by)) {
      throw new WrongState(
        'member.suspended-by-another',
        `${it.code} was suspended by ${suspended.suspendedBy.join(', ')}.`,
      );
    }
    const needed = suspended.suspendedBy.filter((code) => code === it.code || who.actives.includes(code));
    if (hasAll([...suspended.votes, who.by], needed))
      return { type: 'member-reinstated.v1', data: { by: who.by, reason } };
    if (suspended.votes.includes(who.by)) throw new WrongState('member.already-called', `${who.by} has called for it.`);
    return { type: 'member-reinstatement-called.v1', data: { by: who.by, reason } };
  },

  withdraw(member, { reason }, who) {
    mustBeItself(member, who);
    inState(member, 'active', 'suspended', 'keys-registered', 'conformance-passed');
    return { type: 'member-withdrawn.v1', data: { by: who.by, reason } };
  },
};

/** Only what a key signs can be revoked, and a revocation is never moved to later. */
function mustSign(keys: readonly SigningKey[], { kid, from }: KeyFrom): void {
  const key = keys.find((each) => each.kid === kid);
  if (!key) throw new NotFound();
  if (from >= key.from && (key.until === null || from <= key.until)) return;
  const message = `${kid} signs from ${key.from}${key.until === null ? '' : ` until ${key.until}`}.`;
  throw new RuleBroken('key.revocation-invalid', [{ path: '/fromSequence', rule: 'range', message }]);
}

/**
 * A withdrawn member has no tokens any more: as with a suspension, all active members together speak in its place, for
 * one and the same sequence. Whether the last of them has now called for it.
 */
function mustCallForAll(member: Extract<Member, { state: 'withdrawn' }>, asked: KeyFrom, who: Speaker): boolean {
  mustBeActive(who);
  mustSign(member.signingKeys, asked);
  const same = member.revocationCalls.find(({ kid, from }) => kid === asked.kid && from === asked.from);
  const votes = same?.by ?? [];
  const all = hasAll([...votes, who.by], who.actives);
  // Who was missing may have left since: then one that called before completes it.
  if (!all && votes.includes(who.by)) throw new WrongState('member.already-called', `${who.by} has called for it.`);
  return all;
}

/** A key is replaced by another id, never by other bytes under the same one: what it signed must go on verifying. */
function withKey(keys: readonly SigningKey[], { kid, jwk, from = 1 }: NewKeys['signingKey']): SigningKey[] {
  const same = keys.find((key) => key.kid === kid);
  if (!same && keys.some((key) => key.jwk['x'] === jwk['x'])) throw renamed();
  if (!same) return [...keys, { kid, jwk, from, until: null }];
  if (same.jwk['x'] === jwk['x'] && same.until === null) return [...keys];
  throw new RuleBroken('key.id-taken', [
    { path: '/signingKey/kid', rule: 'unique', message: `The key id ${kid} was used for another key, or is revoked.` },
  ]);
}

/** What was revoked would be back under another name. */
const renamed = () =>
  new RuleBroken('key.id-taken', [
    { path: '/signingKey/x', rule: 'unique', message: 'This key was registered before, under another id.' },
  ]);

/**
 * Decides a command on a member (ACCESS.md, "Agreements and members"; API.md, "Registry"). Each admin speaks for its
 * own member only. No event: it is done already, by the same one. Throws NotFound, Forbidden, WrongState or RuleBroken.
 */
export function decideMember(member: Member, command: MemberCommand, who: Speaker): MemberEvent[] {
  const decide = decisions[command.command] as Decide<MemberCommand['command']>;
  const event = decide(member, command as never, who);
  return event ? [event] : [];
}
