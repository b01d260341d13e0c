import { decide, type AccessRecord, type Registry } from '#access-policy';
import { lastStep, registryAt, type RecordHistory, type RegistryTimeline, type Step } from './timeline.ts';

/** A time during which some analyst of a member could have seen a record: from `since` until just before `until`. */
export interface Interval {
  member: string;
  since: string;
  /** Null: it still could at the time asked about. */
  until: string | null;
}

/**
 * Who could have seen a record up to an instant (itself included): the access rule, asked at every instant at which
 * anything that it looks at changed. "Some analyst" has every clearance, and declares any of the record's purposes.
 */
export function whoCould(record: RecordHistory, registry: RegistryTimeline, until: number): Interval[] {
  const open = new Map<string, number>();
  const intervals: Interval[] = [];
  for (const instant of turningPoints(record, registry, until)) {
    const may = new Set(allowedAt(record, registry, instant));
    for (const [member, since] of open) {
      if (may.has(member)) continue;
      intervals.push(interval(member, since, instant));
      open.delete(member);
    }
    for (const member of may) if (!open.has(member)) open.set(member, instant);
  }
  for (const [member, since] of open) intervals.push(interval(member, since, null));
  return intervals.sort(bySince);
}

const text = (instant: number): string => new Date(instant).toISOString();

const interval = (member: string, since: number, until: number | null): Interval => {
  return { member, since: text(since), until: until === null ? null : text(until) };
};

const bySince = (a: Interval, b: Interval): number =>
  a.since === b.since ? (a.member < b.member ? -1 : 1) : a.since < b.since ? -1 : 1;

/** Instants from which on the rule may say something else, in order. */
function turningPoints(record: RecordHistory, registry: RegistryTimeline, until: number): number[] {
  const steps = record.flatMap(({ state }) => state.steps);
  // A key's revocation is among the members' times.
  const times = [
    ...steps.flatMap(({ at, state }) => [at, state.notBefore, state.reviewBy]),
    ...registry.members.map(({ at }) => at),
    ...registry.agreements.flatMap(({ at, state }) => [at, ...state.flatMap((one) => [one.validFrom, one.validTo])]),
  ];
  const known = times.filter((time) => time !== null && Number.isFinite(time) && time <= until);
  return [...new Set(known as number[])].sort((a, b) => a - b);
}

function allowedAt(record: RecordHistory, timelines: RegistryTimeline, now: number): string[] {
  const reached = ({ at }: Step<unknown>) => at <= now;
  const step = lastStep(lastStep(record, reached)?.state.steps ?? [], reached);
  if (!step) return [];
  const registry = registryAt(timelines, { members: reached, agreements: reached });
  return registry.members.map(({ code }) => code).filter((code) => someAnalyst(step.state, code, registry, now));
}

/** Roles, clearance and purpose are what the member's own people bring: the best there is. */
function someAnalyst(record: AccessRecord, member: string, registry: Registry, now: number): boolean {
  return record.purposes.some((purpose) => {
    const viewer = { member, roles: ['analyst'] as const, clearance: 'SECRET' as const, purpose };
    return decide(record, viewer, registry, now).decision === 'permit';
  });
}
