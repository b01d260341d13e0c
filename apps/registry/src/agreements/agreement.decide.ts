import { Forbidden, NotFound, RuleBroken, WrongState, type CodeOf } from '#contracts';
import {
  amendable,
  type Agreement,
  type AgreementEvent,
  type Amendable,
  type KnownAgreement,
  type Terms,
} from './agreement.ts';

/** Who speaks, when (RFC 3339, UTC), and the members that can be party to something. */
export interface Speaker {
  by: string;
  at: string;
  /** The members that are active. */
  actives: readonly string[];
  /** The members that have not withdrawn. */
  members: readonly string[];
}

export type AgreementCommand =
  | ({ command: 'draft'; id: string } & Terms)
  | { command: 'sign' }
  /** What is not given stays as it is. */
  | { command: 'amend'; changes: Partial<Amendable>; reason?: string }
  | { command: 'sign-amendment'; revision: number }
  | { command: 'decline-amendment'; revision: number; reason?: string }
  | { command: 'suspend'; reason?: string }
  | { command: 'resume'; reason?: string }
  | { command: 'terminate'; reason?: string };

type Of<C extends AgreementCommand['command']> = Extract<AgreementCommand, { command: C }>;
type Decide<C extends AgreementCommand['command']> = (
  agreement: Agreement,
  command: Of<C>,
  who: Speaker,
) => AgreementEvent;

/** An agreement is known to its parties only: to others it isn't there. */
function ofParty(agreement: Agreement, who: Speaker): KnownAgreement {
  if (agreement.state === 'none' || !agreement.parties.includes(who.by)) throw new NotFound();
  return agreement;
}

function mustBeActive(who: Speaker): void {
  if (!who.actives.includes(who.by)) throw new Forbidden('Only an active member may do this.');
}

const broken = (path: string, rule: string, message: string) =>
  new RuleBroken('agreement.invalid', [{ path, rule, message }]);

/** What a party may bind itself to. Ending or narrowing is free to every party, active or not. */
function checkTerms(terms: Terms, who: Speaker): void {
  const unknown = terms.parties.findIndex((code) => !who.members.includes(code));
  if (unknown >= 0) throw broken(`/parties/${unknown}`, 'known', `${terms.parties[unknown]} is not a member.`);
  if (!terms.parties.includes(who.by)) throw broken('/parties', 'own', `${who.by} speaks for itself, and is no party.`);
  checkPeriod(terms);
}

function checkPeriod(terms: Amendable): void {
  if (terms.validTo !== null && Date.parse(terms.validTo) <= Date.parse(terms.validFrom)) {
    throw broken('/validTo', 'after', 'It ends before it begins.');
  }
}

type Amended = Extract<KnownAgreement, { amendment: unknown }>;

/** One that has terms which hold, or would but for a suspension. */
function amended(agreement: Agreement, who: Speaker): Amended {
  const it = ofParty(agreement, who);
  if (!('amendment' in it)) throw wrong('not-in-force', it);
  return it;
}

/** It, with the amendment of that number waiting: whoever speaks of one has seen it. */
function waiting(agreement: Agreement, revision: number, who: Speaker) {
  const it = amended(agreement, who);
  if (it.amendment?.revision !== revision)
    throw new WrongState('agreement.no-amendment', `No amendment ${revision} waits for signatures.`);
  return { parties: it.parties, signedBy: it.amendment.signedBy };
}

const hasAll = (parties: readonly string[], signedBy: readonly string[], by: string) =>
  parties.every((code) => code === by || signedBy.includes(code));

const wrong = (code: CodeOf<'agreement'>, it: KnownAgreement) =>
  new WrongState(`agreement.${code}`, `The agreement is ${it.state}.`);

const decisions: { [C in AgreementCommand['command']]: Decide<C> } = {
  draft(agreement, command, who) {
    mustBeActive(who);
    if (agreement.state !== 'none') throw wrong('exists', agreement);
    checkTerms(command, who);
    const { id, title, parties, categories, purposes, validFrom, validTo, onward } = command;
    const terms = { title, parties, categories, purposes, validFrom, validTo, onward };
    return { type: 'agreement-drafted.v1', data: { by: who.by, id, ...terms } };
  },

  sign(agreement, _, who) {
    const it = ofParty(agreement, who);
    mustBeActive(who);
    if (it.state !== 'draft') throw wrong('not-draft', it);
    if (it.signedBy.includes(who.by)) throw new WrongState('agreement.already-signed', `${who.by} has signed it.`);
    return hasAll(it.parties, it.signedBy, who.by)
      ? { type: 'agreement-entered-into-force.v1', data: { by: who.by, inForceSince: who.at } }
      : { type: 'agreement-signed.v1', data: { by: who.by } };
  },

  amend(agreement, { changes, reason }, who) {
    const it = amended(agreement, who);
    mustBeActive(who);
    if (it.amendment) {
      const message = `Amendment ${it.amendment.revision} waits for signatures.`;
      throw new WrongState('agreement.amendment-pending', message);
    }
    const before = amendable(it);
    const terms = { ...before, ...changes };
    if (JSON.stringify(terms) === JSON.stringify(before)) throw broken('', 'changes', 'It changes nothing.');
    checkPeriod(terms);
    const data = { by: who.by, revision: it.nextRevision, terms, ...(reason !== undefined && { reason }) };
    return { type: 'agreement-amendment-proposed.v1', data };
  },

  'sign-amendment'(agreement, { revision }, who) {
    ofParty(agreement, who);
    mustBeActive(who);
    const { parties, signedBy } = waiting(agreement, revision, who);
    if (signedBy.includes(who.by)) throw new WrongState('agreement.already-signed', `${who.by} has signed it.`);
    const type = hasAll(parties, signedBy, who.by) ? 'agreement-amended.v1' : 'agreement-amendment-signed.v1';
    return { type, data: { by: who.by, revision } };
  },

  'decline-amendment'(agreement, { revision, reason }, who) {
    waiting(agreement, revision, who);
    const data = { by: who.by, revision, ...(reason !== undefined && { reason }) };
    return { type: 'agreement-amendment-declined.v1', data };
  },

  suspend(agreement, { reason }, who) {
    const it = ofParty(agreement, who);
    if (it.state !== 'in-force') throw wrong('not-in-force', it);
    return { type: 'agreement-suspended.v1', data: { by: who.by, reason } };
  },

  resume(agreement, { reason }, who) {
    const it = ofParty(agreement, who);
    mustBeActive(who);
    if (it.state !== 'suspended') throw wrong('not-suspended', it);
    if (it.suspendedBy !== who.by) {
      throw new WrongState(
        'agreement.suspended-by-another',
        `It was suspended by ${it.suspendedBy}, which alone resumes it.`,
      );
    }
    return { type: 'agreement-resumed.v1', data: { by: who.by, reason } };
  },

  terminate(agreement, { reason }, who) {
    const it = ofParty(agreement, who);
    if (it.state === 'terminated') throw wrong('terminated', it);
    return { type: 'agreement-terminated.v1', data: { by: who.by, reason } };
  },
};

/**
 * Decides a command on an agreement (ACCESS.md, "Agreements and members"). Each admin speaks for its own member only,
 * which must be a party. Throws NotFound, Forbidden, WrongState or RuleBroken.
 */
export function decideAgreement(agreement: Agreement, command: AgreementCommand, who: Speaker): AgreementEvent[] {
  const decide = decisions[command.command] as Decide<AgreementCommand['command']>;
  return [decide(agreement, command as never, who)];
}
