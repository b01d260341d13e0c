import type { AccessRecord, Decision, Registry, Viewer } from '#access-policy';

/**
 * The access rule once more, written from the paper alone and another way: every reason to refuse is looked for,
 * whether or not another was found, and the one that the paper names first is told. It shares types with the product,
 * and not a line. Slow and plain on purpose.
 */
export function oracle(record: AccessRecord, viewer: Viewer, registry: Registry, now: number): Decision {
  const mine = record.originator === viewer.member;
  const bases = legalBases(record, viewer, registry, now);
  const reasons = [...reasonsForAnyone(viewer, registry), ...(mine ? forOwn(record, viewer) : forOthers())];
  const first = reasons.filter(({ holds }) => holds).sort((a, b) => a.order - b.order)[0];
  if (first) return { decision: 'deny', step: Math.floor(first.order), code: first.code };
  if (mine) return { decision: 'permit', step: 2, agreement: null, obligations: [] };
  return { decision: 'permit', step: 11, agreement: bases[0]!, obligations: record.handlingCodes };

  function forOthers(): Reason[] {
    return [
      ...reasonsOfState(record, now),
      ...reasonsOfRelease(record, viewer),
      { order: 7, code: 'no-legal-basis', holds: bases.length === 0 },
      { order: 9, code: 'clearance', holds: isAbove(record.classification, viewer.clearance) },
      { order: 10, code: 'role', holds: isNoAnalyst(viewer) },
    ];
  }
}

type Code = Extract<Decision, { decision: 'deny' }>['code'];

/** The whole part of `order` is the step; the rest is the place among the step's own reasons. */
interface Reason {
  order: number;
  code: Code;
  holds: boolean;
}

function reasonsForAnyone(viewer: Viewer, registry: Registry): Reason[] {
  let active = false;
  for (const member of registry.members) {
    if (member.code === viewer.member && member.state === 'active') active = true;
  }
  return [{ order: 1, code: 'member-inactive', holds: !active }];
}

function forOwn(record: AccessRecord, viewer: Viewer): Reason[] {
  return [
    { order: 2.3, code: 'role', holds: isNoAnalyst(viewer) },
    { order: 2.2, code: 'clearance', holds: isAbove(record.classification, viewer.clearance) },
    { order: 2.1, code: 'erased', holds: record.state === 'erased' },
  ];
}

function reasonsOfState(record: AccessRecord, now: number): Reason[] {
  const ranOut = !(now < record.reviewBy);
  return [
    { order: 3.4, code: 'withheld', holds: record.withheld },
    { order: 3.3, code: 'erased', holds: record.state === 'erased' },
    { order: 3.2, code: 'expired', holds: record.state === 'expired' || ranOut },
    { order: 3.1, code: 'recalled', holds: record.state === 'recalled' },
    { order: 4, code: 'embargo', holds: record.notBefore !== null && record.notBefore > now },
  ];
}

function reasonsOfRelease(record: AccessRecord, viewer: Viewer): Reason[] {
  const countries = record.shield === 'ALL' ? null : new Set(record.shield);
  return [
    { order: 8, code: 'purpose', holds: !new Set(record.purposes).has(viewer.purpose) },
    { order: 6, code: 'not-released', holds: !new Set(record.audience).has(viewer.member) },
    {
      order: 5,
      code: 'country-of-origin',
      holds: countries === null || countries.has(viewer.member.toLowerCase()),
    },
  ];
}

/** The ids of the agreements that would do, oldest first. */
function legalBases(record: AccessRecord, viewer: Viewer, registry: Registry, now: number): string[] {
  let left = [...registry.agreements];
  left = left.filter(({ parties }) => new Set(parties).has(record.originator));
  left = left.filter(({ parties }) => new Set(parties).has(viewer.member));
  left = left.filter(({ state }) => state === 'in-force');
  left = left.filter(({ validFrom }) => !(validFrom > now));
  left = left.filter(({ validTo }) => (validTo ?? Number.POSITIVE_INFINITY) > now);
  left = left.filter(({ categories }) => categories.indexOf(record.category) >= 0);
  left = left.filter(({ purposes }) => purposes.indexOf(viewer.purpose) >= 0);
  left.sort((a, b) => a.inForceSince! - b.inForceSince! || a.id.localeCompare(b.id));
  return left.map(({ id }) => id);
}

function isAbove(classification: string, clearance: string): boolean {
  const rank: Record<string, number> = { OFFICIAL: 1, 'OFFICIAL-SENSITIVE': 2, SECRET: 3 };
  return rank[classification]! > rank[clearance]!;
}

function isNoAnalyst(viewer: Viewer): boolean {
  return !viewer.roles.some((role) => role === 'analyst');
}
