import { canonicalJson, mergeShields, WrongState, type ProblemCode, type Shield } from '#contracts';
import { fact } from '../records/fact.ts';
import { backfilled, type Handling } from '../records/release.ts';
import { covers } from '../records/shield.ts';
import { evolveBy, type Amend, type Change, type Held, type Out, type ReleaseIt } from './state.ts';
import type { Submit, SystemCommand, SystemFact, SystemState } from './state.ts';

/** What a decision needs to know of its system. */
export interface Deciding<Content> {
  kind: string;
  amends?: { fact: string };
  shieldOf?(content: Content, known: Shield): Shield;
}

type Open<Content> = { state: 'submitted' | 'released' } & Out<Content>;

const DETAILS: Record<SystemState['state'], string> = {
  none: 'There is no such record.',
  submitted: 'The record has not been released.',
  released: 'The record is released already.',
  recalled: 'The record was recalled.',
  expired: 'The record expired by its review date.',
  erased: 'The record was erased.',
};

const wrong = (kind: string, state: SystemState['state'], code: string = state): WrongState =>
  new WrongState(`${kind}.${code}` as ProblemCode, DETAILS[state]);

/** Of a record that can go on: submitted or released. Throws WrongState otherwise. */
export const openContent = <Content>(kind: string, state: SystemState<Content>): Content => {
  if (state.state !== 'submitted' && state.state !== 'released') throw wrong(kind, state.state);
  return state.content;
};

function assertReleased<Content>(kind: string, state: SystemState<Content>): asserts state is Open<Content> {
  if (state.state === 'submitted') throw wrong(kind, state.state, 'not-released');
  if (state.state !== 'released') throw wrong(kind, state.state);
}

/** The decisions that records of every system share. */
export const decisionsOf = <Content>({ kind, amends, shieldOf = (_, known) => known }: Deciding<Content>) => {
  type State = SystemState<Content>;
  type Facts = SystemFact<Content>[];
  const evolve = evolveBy<Content>(kind, () => false);
  const said = (name: string, id: string, data: object, sealed: SystemFact<Content>['sealed']) =>
    fact(`${kind}-${name}`, id, data, sealed);
  const shieldBefore = (held: { shield?: Shield }): Shield => held.shield ?? [];

  const release = (state: State, { at, audience, purposes, notBefore, shield: known }: ReleaseIt): Facts => {
    const content = openContent(kind, state);
    const held = state as Open<Content>;
    const releasedAt = held.state === 'released' ? held.release.releasedAt : at;
    const shield = mergeShields(shieldOf(content, known), shieldBefore(held));
    return [said('released', held.id, { audience, purposes, notBefore, releasedAt }, { shield })];
  };

  const submit = (state: State, { id, handling, kept, fingerprint, release: terms }: Submit<Content>): Facts => {
    if (state.state !== 'none') throw new WrongState(`${kind}.submitted` as ProblemCode, 'It was submitted already.');
    const submitted = [said('submitted', id, { ...handling, fingerprint }, kept)];
    return terms ? [...submitted, ...release(submitted.reduce(evolve, state), terms)] : submitted;
  };

  const changed = (held: Held<Content>, name: string, after: After<Content>): Facts => {
    const { handling, content, handlingText = held.handlingText, shield: known } = after;
    const shield = mergeShields(shieldOf(content, known), shieldBefore(held as Out<Content>));
    const { externalId } = held;
    const kept = {
      ...(externalId !== undefined && { externalId }),
      ...(handlingText !== undefined && { handlingText }),
    };
    return [said(name, held.id, handling, { ...kept, content, shield })];
  };

  const change = (state: State, { fact: name, content, shield }: Change<Content>): Facts => {
    if (openContent(kind, state) === content) return [];
    const held = state as Open<Content>;
    return changed(held, name, { handling: held.handling, content, shield });
  };

  /** To others before by others: a correction goes to those whom it is released to from now on. */
  const amend = (state: State, { kept, handling: given, release: terms, shield }: Amend<Content>): Facts => {
    openContent(kind, state);
    const held = state as Open<Content>;
    const released = terms && !hasTerms(held, terms) ? release(state, terms) : [];
    const handling = { ...held.handling, ...given };
    const after = { ...kept, handlingText: kept.handlingText ?? held.handlingText };
    const same = alike(
      { ...after, handling },
      { content: held.content, handlingText: held.handlingText, handling: held.handling },
    );
    return same ? released : [...released, ...changed(held, amends!.fact, { handling, shield, ...after })];
  };

  return {
    submit,
    release,
    change,
    amend,
    ...endingsOf<Content>(kind, shieldOf),
  };
};

interface After<Content> {
  handling: Handling;
  content: Content;
  handlingText?: string;
  shield: Shield;
}

const alike = (one: object, other: object): boolean =>
  canonicalJson(JSON.parse(JSON.stringify(one))) === canonicalJson(JSON.parse(JSON.stringify(other)));

/** Whether it is released on these terms already. */
const hasTerms = <Content>(held: Open<Content>, { audience, purposes, notBefore }: ReleaseIt): boolean => {
  if (held.state !== 'released') return false;
  // Of the whole task force newcomers become a part by a backfill, and by nothing else.
  const terms = (of: Pick<ReleaseIt, 'audience' | 'purposes'>) => [
    of.audience.taskForce ? 'TASK_FORCE' : [...of.audience.members].sort(),
    [...of.purposes].sort(),
  ];
  return alike([terms(held.release), held.release.notBefore], [terms({ audience, purposes }), notBefore]);
};

const endingsOf = <Content>(kind: string, shieldOf: (content: Content, known: Shield) => Shield) => {
  type State = SystemState<Content>;
  type Facts = SystemFact<Content>[];
  type Said<T extends SystemCommand['type']> = Extract<SystemCommand<Content>, { type: T }>;
  const idOf = (state: State): string => (state as Held<Content>).id;
  const reshield = (state: State, command: Said<'reshield'>): Facts => {
    if (state.state !== 'released') return [];
    const more = shieldOf(state.content, command.shield);
    if (covers(state.shield, more)) return [];
    return [fact(`${kind}-reshielded`, state.id, {}, { shield: mergeShields(state.shield, more) })];
  };
  const backfill = (state: State, command: Said<'backfill'>): Facts => {
    const audience = state.state === 'released' ? backfilled(state.release, command.backfill) : null;
    return audience ? [fact(`${kind}-backfilled`, idOf(state), audience, {})] : [];
  };
  const recall = (state: State, { reason }: Said<'recall'>): Facts => {
    assertReleased(kind, state);
    return [fact(`${kind}-recalled`, state.id, {}, { reason })];
  };
  const expire = (state: State): Facts =>
    state.state === 'released' ? [fact(`${kind}-expired`, state.id, {}, {})] : [];
  const erase = (state: State, { reason }: Said<'erase'>): Facts => {
    if (state.state === 'erased') throw wrong(kind, state.state);
    return [fact(`${kind}-erased`, idOf(state), {}, { reason })];
  };
  return { reshield, backfill, recall, expire, erase };
};
