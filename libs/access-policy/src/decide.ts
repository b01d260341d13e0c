import { CLASSIFICATIONS } from '#contracts';
import type { AccessRecord, Agreement, Decision, DenyCode, Registry, Viewer } from './model.ts';
import { mayRead } from './read-roles.ts';

interface Case {
  record: AccessRecord;
  viewer: Viewer;
  registry: Registry;
  now: number;
}

/** Answers when its step applies; the numbers are ACCESS.md's. */
type Step = (asked: Case) => Decision | undefined;

/**
 * Whether this viewer may see this record now, and why: ACCESS.md's eleven steps in order, the first that applies wins.
 * The same rule stands as row-level security in `./sql`; generated cases hold one against the other.
 *
 * @param registry members and agreements as applied so far; what isn't in it grants nothing
 * @param now milliseconds since the epoch, of the request
 */
export function decide(record: AccessRecord, viewer: Viewer, registry: Registry, now: number): Decision {
  const asked = { record, viewer, registry, now };
  for (const step of STEPS) {
    const decision = step(asked);
    if (decision) return decision;
  }
  return permit(asked);
}

const STEPS: readonly Step[] = [
  memberInactive,
  ownRecord,
  notReleasedAnyMore,
  embargoed,
  shielded,
  outsideTheAudience,
  withoutLegalBasis,
  forAnotherPurpose,
  notCleared,
  withoutTheRole,
];

/**
 * The agreement by which the originator shares this category with the member for this purpose at this time: the oldest
 * in force, by `inForceSince`, then id. Null: there is none. An agreement is valid from `validFrom` until just before
 * `validTo`.
 */
export function grantFor(
  registry: Registry,
  need: { originator: string; member: string; category: string; purpose: string },
  now: number,
): Agreement | null {
  const parties = [need.originator, need.member];
  const grants = registry.agreements.filter(
    (agreement) =>
      inForce(agreement, now) &&
      parties.every((party) => agreement.parties.includes(party)) &&
      agreement.categories.some((category) => category === need.category) &&
      agreement.purposes.some((purpose) => purpose === need.purpose),
  );
  return grants.sort(byAge)[0] ?? null;
}

function memberInactive({ viewer, registry }: Case): Decision | undefined {
  const member = registry.members.find(({ code }) => code === viewer.member);
  return member?.state === 'active' ? undefined : deny(1, 'member-inactive');
}

/** The originator sees its own whatever became of it, but erased; handling codes bind others, so they oblige nothing. */
function ownRecord({ record, viewer }: Case): Decision | undefined {
  if (record.originator !== viewer.member) return undefined;
  if (record.state === 'erased') return deny(2, 'erased');
  if (exceedsClearance(record, viewer)) return deny(2, 'clearance');
  if (!mayRead('records', viewer.roles)) return deny(2, 'role');
  return { decision: 'permit', step: 2, agreement: null, obligations: [] };
}

function notReleasedAnyMore({ record, now }: Case): Decision | undefined {
  if (record.state === 'recalled') return deny(3, 'recalled');
  if (record.state === 'expired' || now >= record.reviewBy) return deny(3, 'expired');
  if (record.state === 'erased') return deny(3, 'erased');
  return record.withheld ? deny(3, 'withheld') : undefined;
}

function embargoed({ record, now }: Case): Decision | undefined {
  return record.notBefore !== null && now < record.notBefore ? deny(4, 'embargo') : undefined;
}

function shielded({ record, viewer }: Case): Decision | undefined {
  const { shield } = record;
  const country = viewer.member.toLowerCase();
  const holds = shield === 'ALL' || shield.some((code) => code.toLowerCase() === country);
  return holds ? deny(5, 'country-of-origin') : undefined;
}

function outsideTheAudience({ record, viewer }: Case): Decision | undefined {
  return record.audience.includes(viewer.member) ? undefined : deny(6, 'not-released');
}

function withoutLegalBasis(asked: Case): Decision | undefined {
  return grantOf(asked) ? undefined : deny(7, 'no-legal-basis');
}

function forAnotherPurpose({ record, viewer }: Case): Decision | undefined {
  return record.purposes.includes(viewer.purpose) ? undefined : deny(8, 'purpose');
}

function notCleared({ record, viewer }: Case): Decision | undefined {
  return exceedsClearance(record, viewer) ? deny(9, 'clearance') : undefined;
}

function withoutTheRole({ viewer }: Case): Decision | undefined {
  return mayRead('records', viewer.roles) ? undefined : deny(10, 'role');
}

function permit(asked: Case): Decision {
  const agreement = grantOf(asked)?.id ?? null;
  return { decision: 'permit', step: 11, agreement, obligations: asked.record.handlingCodes };
}

function deny(step: number, code: DenyCode): Decision {
  return { decision: 'deny', step, code };
}

function grantOf({ record, viewer, registry, now }: Case): Agreement | null {
  const { originator, category } = record;
  return grantFor(registry, { originator, member: viewer.member, category, purpose: viewer.purpose }, now);
}

/** The state is what has been applied; validity is a matter of time alone. */
function inForce(agreement: Agreement, now: number): boolean {
  const started = agreement.validFrom <= now;
  const ended = agreement.validTo !== null && now >= agreement.validTo;
  return agreement.state === 'in-force' && started && !ended;
}

function byAge(a: Agreement, b: Agreement): number {
  const age = (a.inForceSince ?? Infinity) - (b.inForceSince ?? Infinity);
  return age || (a.id < b.id ? -1 : 1);
}

/** A word that isn't in the list is above every clearance, and clears for nothing. */
function exceedsClearance(record: AccessRecord, viewer: Viewer): boolean {
  const cleared = CLASSIFICATIONS.slice(0, CLASSIFICATIONS.indexOf(viewer.clearance) + 1);
  return !cleared.includes(record.classification);
}
