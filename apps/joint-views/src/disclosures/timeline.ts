import type { AccessRecord, Agreement, Registry, RegistryMember } from '#access-policy';
import { CLASSIFICATIONS, PURPOSES, RECORD_STATES } from '#contracts';
import { fold, settled, unfolded } from '../records/fold.ts';
import { isErased, type Change, type RecordState, type Rows } from '../records/record.ts';
import type { KnownKey } from '../intake/signing.ts';
import type { AgreementData, MemberData, RegistryEvent } from '../registry/registry.projection.ts';
import { newlyRevoked } from '../registry/revoked-keys.ts';
import type { Aside } from '../records/view.ts';
import { VIEWS } from '../views.ts';

/** How something was from an event of its source on. */
export interface Step<State> {
  sequence: number;
  /** Milliseconds since the epoch, by the source's own clock; never before the step before it. */
  at: number;
  state: State;
}

export type Timeline<State> = readonly Step<State>[];

/** The last step that `reached` is true of; undefined before the first. Steps are in their order. */
export function lastStep<State>(
  timeline: Timeline<State>,
  reached: (step: Step<State>) => boolean,
): Step<State> | undefined {
  let [low, high] = [0, timeline.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (reached(timeline[middle]!)) low = middle + 1;
    else high = middle;
  }
  return timeline[low - 1];
}

/** A record as the access rule takes it, event by event. */
export interface RecordTimeline {
  originator: string;
  steps: Timeline<AccessRecord>;
  /**
   * False once it is erased: its shield went with its key. The steps before then are as if nobody had been shielded, so
   * what follows from them is at most what could be seen.
   */
  shieldKnown: boolean;
  /** Of what a member adds to another's record: that record, which it is as visible as. */
  partOf: string | null;
  /** Of a record that others add to: who has a part in it. */
  participants: Timeline<readonly string[]>;
  /** Of what a member says of what two records make together. */
  aside: AsideSaid | null;
}

/**
 * A record as it was told at first; and as it was told from each word of the registry on that withdrew some of what was
 * said of it: sequences and times of these steps are the registry's.
 */
export type RecordHistory = Timeline<RecordTimeline>;

/** `about`: the name of what is made; null where that went with the record's key. */
export interface AsideSaid {
  as: Aside;
  about: string | null;
}

/** What was said of one record by its originator, in order. The same fold as the views'. */
export function recordTimeline(originator: string, changes: readonly Change[]): RecordTimeline {
  const told = statesOf(originator, changes);
  const last = told.at(-1)?.state;
  const erased = last !== undefined && isErased(last);
  const states = erased ? statesOf(originator, changes.map(asRead)) : told;
  let at = -Infinity;
  const steps = states.map(({ change, state }) => {
    at = Math.max(at, timeOf(change, at));
    return { sequence: change.sequence, at, state: accessOf(state) };
  });
  const joined = changes.map(joinedBy);
  return {
    ...{ originator, steps, shieldKnown: !erased },
    partOf: joined.findLast(({ whole }) => whole !== undefined)?.whole ?? null,
    participants: joined.flatMap(({ sequence, participants: state }) => (state ? [{ sequence, at: 0, state }] : [])),
    aside: asideIn(changes),
  };
}

function statesOf(originator: string, changes: readonly Change[]): { change: Change; state: RecordState }[] {
  const states: { change: Change; state: RecordState }[] = [];
  let folded = unfolded(originator, null, false);
  for (const change of changes) {
    folded = fold(folded, change);
    const state = settled(folded);
    if (state) states.push({ change, state });
  }
  return states;
}

/** What went with an erased record's key could be read before: it isn't why the record would have been withheld. */
function asRead(change: Change): Change {
  if (change.unread !== true) return change;
  if (change.change === 'reshield') return { ...change, shield: [] };
  return change.change === 'put' || change.change === 'add' ? { ...change, content: { shield: [], rows: {} } } : change;
}

const ASIDES = VIEWS.flatMap(({ asides = [] }) => asides);

function asideIn(changes: readonly Change[]): AsideSaid | null {
  for (const change of changes) {
    const as = change.change === 'put' ? ASIDES.find(({ kind }) => kind === change.kind) : undefined;
    if (as) return { as, about: (rowsOf(change)[as.table]?.[0]?.[as.about] as string | undefined) ?? null };
  }
  return null;
}

const rowsOf = (change: Change): Rows => (change.change === 'put' ? change.content : null)?.rows ?? {};

const PARTS = VIEWS.flatMap(({ parts = [] }) => parts);

/** What of a change joins one record to another: rows that the views' projections made of it. */
function joinedBy(change: Change): { sequence: number; whole?: string; participants?: string[] } {
  const rows = rowsOf(change);
  const named = (table: string, column: string) => rows[table]?.[0]?.[column];
  const [whole] = PARTS.map(({ table, whole }) => named(table, whole)).filter((id) => id !== undefined);
  const [who] = PARTS.map(({ wholes, participants }) => named(wholes, participants)).filter((codes) => codes);
  return {
    sequence: change.sequence,
    ...(whole !== undefined && { whole: whole as string }),
    ...(who !== undefined && { participants: who as string[] }),
  };
}

/** The time of an event that was passed over isn't to be believed, and isn't known. */
const timeOf = ({ at }: Change, before: number): number => (at === '' ? before : Date.parse(at));

const accessOf = (state: RecordState): AccessRecord => ({
  originator: state.originator,
  category: state.category,
  purposes: PURPOSES.filter((_, bit) => (state.purposes >> bit) & 1),
  audience: state.audience,
  classification: CLASSIFICATIONS[state.classification]!,
  handlingCodes: state.handlingCodes as AccessRecord['handlingCodes'],
  shield: state.shield,
  notBefore: state.notBefore === null ? null : Date.parse(state.notBefore),
  reviewBy: Date.parse(state.reviewBy),
  state: RECORD_STATES[state.state]!,
  withheld: state.withheld,
});

/** An event of one of the registry's sources, with its place and its time. */
export interface RegistryFact extends RegistryEvent {
  sequence: number;
  at: number;
}

/** With the keys that sign its events. */
export interface KeyedMember extends RegistryMember {
  signingKeys: readonly KnownKey[];
}

/** Members and agreements, event by event. */
export interface RegistryTimeline {
  members: Timeline<readonly KeyedMember[]>;
  agreements: Timeline<readonly Agreement[]>;
}

const snapshots = <State>(facts: readonly RegistryFact[], read: (data: never) => State): Timeline<State[]> => {
  const known = new Map<string, State>();
  let latest = -Infinity;
  return facts.map(({ sequence, at, subject, data }) => {
    known.set(subject, read(data as never));
    latest = Math.max(latest, at);
    return { sequence, at: latest, state: [...known.values()] };
  });
};

export const membersTimeline = (facts: readonly RegistryFact[]): RegistryTimeline['members'] =>
  snapshots(facts, ({ code, state, signingKeys }: MemberData) => {
    return { code, state, signingKeys: signingKeys as KnownKey[] };
  });

/** A member's keys, from each event on that revoked one of them. */
export function revocationsOf(members: RegistryTimeline['members'], code: string): Timeline<readonly KnownKey[]> {
  let before: readonly KnownKey[] = [];
  return members.flatMap(({ state: all, ...step }) => {
    const keys = all.find((member) => member.code === code)?.signingKeys ?? [];
    const revoked = newlyRevoked(before, keys).length > 0;
    before = keys;
    return revoked ? [{ ...step, state: keys }] : [];
  });
}

export const agreementsTimeline = (facts: readonly RegistryFact[]): RegistryTimeline['agreements'] =>
  snapshots(facts, (data: AgreementData) => ({
    id: data.id,
    parties: data.parties,
    categories: data.categories as Agreement['categories'],
    purposes: data.purposes as Agreement['purposes'],
    validFrom: Date.parse(data.validFrom),
    validTo: data.validTo === null ? null : Date.parse(data.validTo),
    state: data.state as Agreement['state'],
    inForceSince: data.inForceSince === null ? null : Date.parse(data.inForceSince),
  }));

/** The registry at the steps that `reached` is true of, each timeline by its own. */
export function registryAt(
  { members, agreements }: RegistryTimeline,
  reached: { members: (step: Step<unknown>) => boolean; agreements: (step: Step<unknown>) => boolean },
): Registry {
  return {
    members: lastStep(members, reached.members)?.state ?? [],
    agreements: lastStep(agreements, reached.agreements)?.state ?? [],
  };
}
