import { decide, type AccessRecord } from '#access-policy';
import { RECORD_STATES, type Classification, type Purpose, type Role } from '#contracts';
import { appliedOf, type Entry } from '../consultation/entry.ts';
import {
  lastStep,
  registryAt,
  type AsideSaid,
  type RecordHistory,
  type RecordTimeline,
  type RegistryTimeline,
  type Step,
} from '../disclosures/timeline.ts';
import { widen } from '../records/fold.ts';
import { AGREEMENTS_SOURCE, MEMBERS_SOURCE, sourceOf } from '../intake/sources.ts';

/** What a line is judged by: two members may have used one id, so a record may have more than one history. */
export interface Histories {
  records: ReadonlyMap<string, readonly RecordHistory[]>;
  registry: RegistryTimeline;
}

/**
 * Why the access rule would not have served this record to whom the line names, by what the views had applied then; null:
 * it would. `unknown`: nothing that they had applied made such a record.
 */
export function whyNot(entry: Entry, record: string, histories: Histories): string | null {
  const applied = appliedOf(entry);
  let why: string | null = 'unknown';
  for (const timeline of toldOf(record, applied, histories)) {
    const state = asServed(entry, timeline, stateOf(timeline, applied, histories));
    if (!state) continue;
    const registry = registryAt(histories.registry, {
      members: upTo(applied[MEMBERS_SOURCE]),
      agreements: upTo(applied[AGREEMENTS_SOURCE]),
    });
    const decision = decide(state, viewerOf(entry), registry, Date.parse(entry.at));
    if (decision.decision === 'permit') return null;
    why = decision.code;
  }
  return why;
}

/**
 * What was said of what two records make together is for whom those are: they stand in the same line, and are judged by
 * themselves.
 */
function asServed(entry: Entry, { aside }: RecordTimeline, state: AccessRecord | undefined): AccessRecord | undefined {
  if (!aside || !state || !isMadeOf(aside, entry.records)) return state;
  return { ...state, category: aside.as.category, purposes: [entry.purpose as Purpose], audience: [entry.member] };
}

/** Some two of a line's records make it; where the key is gone with its name, any two might. */
const isMadeOf = ({ as, about }: AsideSaid, records: readonly string[]): boolean =>
  about === null
    ? records.length > 2
    : records.some((one, n) => records.slice(n + 1).some((other) => as.made(one, other) === about));

type Applied = Readonly<Record<string, number>>;

/** What was told of a record, without what was withdrawn by then. */
const toldOf = (record: string, applied: Applied, { records }: Histories): RecordTimeline[] =>
  (records.get(record) ?? []).flatMap((history) => lastStep(history, upTo(applied[MEMBERS_SOURCE]))?.state ?? []);

/** A record by what had been applied; undefined where nothing had made it yet. */
function stateOf(timeline: RecordTimeline, applied: Applied, histories: Histories): AccessRecord | undefined {
  const { originator, steps, partOf } = timeline;
  const own = lastStep(steps, upTo(applied[sourceOf(originator)]))?.state;
  if (!own || partOf === null) return own;
  const wholes = toldOf(partOf, applied, histories).map((one) => {
    const reached = upTo(applied[sourceOf(one.originator)]);
    const participants = lastStep(one.participants, reached)?.state ?? [];
    return { state: lastStep(one.steps, reached)?.state, participants };
  });
  const whole = wholes.find(({ state }) => state !== undefined);
  return whole?.state ? asPart(own, whole.state, whole.participants) : { ...own, audience: [] };
}

/** As visible as its whole, and no more: the same as the views settle in their rows. */
function asPart(own: AccessRecord, whole: AccessRecord, participants: readonly string[]): AccessRecord {
  const { originator: lead, purposes, classification, notBefore } = whole;
  const hasPart = own.originator === lead || participants.includes(own.originator);
  const later = Math.max(RECORD_STATES.indexOf(own.state), RECORD_STATES.indexOf(whole.state));
  return {
    ...own,
    ...{ purposes, classification, notBefore },
    audience: hasPart ? [...whole.audience, lead] : [],
    shield: widen(own.shield, whole.shield),
    state: RECORD_STATES[later]!,
    withheld: own.withheld || whole.withheld,
  };
}

const upTo =
  (sequence = 0) =>
  (step: Step<unknown>) =>
    step.sequence <= sequence;

const viewerOf = ({ member, roles, clearance, purpose }: Entry) => ({
  member,
  roles: roles as Role[],
  clearance: clearance as Classification,
  purpose: purpose as Purpose,
});
