import { mergeShields, NotFound, WrongState, type EventType, type Shield } from '#contracts';
import { fact, type Fact } from '../records/fact.ts';
import { covers } from '../records/shield.ts';
import type { RecordModule, Summary } from '../records/record-module.ts';
import { ending, type Handling, type Publication } from '../records/release.ts';
import { namesOf } from '../records/touches.ts';

/**
 * What a member did in something that may be another member's (an operation, a return): a record of its own originator. As it
 * leaves: the id of what it was done in, and what the contract asks for.
 */
export type DeedContent = { subjects?: readonly string[] } & Record<string, unknown>;

interface Kind {
  /** What was done: `arrests-made`. */
  deed: string;
  event: EventType;
}

export type ContributionFact =
  | Fact<'contribution-made', Handling & Omit<Kind, 'event'> & Partial<Kind>, { content: DeedContent; shield: Shield }>
  | Fact<'contribution-reshielded', object, { shield: Shield }>
  | Fact<'contribution-recalled', object, { reason: string }>
  | Fact<'contribution-expired', object>
  | Fact<'contribution-erased', object, { reason: string }>;

interface Made extends Kind {
  id: string;
  handling: Handling;
  content: DeedContent;
  shield: Shield;
}

export type Contribution = { state: 'none' } | ({ state: 'released' | 'recalled' | 'expired' | 'erased' } & Made);

export type ContributionCommand =
  | ({ type: 'make'; id: string; handling: Handling; content: DeedContent; shield: Shield } & Kind)
  | { type: 'reshield'; shield: Shield }
  | { type: 'recall'; reason: string }
  | { type: 'expire' }
  | { type: 'nothing' }
  | { type: 'erase'; reason: string };

const evolve = (contribution: Contribution, said: ContributionFact): Contribution => {
  const made = contribution as Made;
  switch (said.type) {
    case 'contribution-made': {
      // The first of them said no event: they were done in operations.
      const { deed, event = `accord.operations.${deed}.v1` as EventType, ...handling } = said.data;
      return { state: 'released', id: said.record, deed, event, handling, ...said.sealed };
    }
    case 'contribution-reshielded':
      return { ...made, state: 'released', shield: said.sealed.shield };
    case 'contribution-recalled':
      return { ...made, state: 'recalled' };
    case 'contribution-expired':
      return { ...made, state: 'expired' };
    case 'contribution-erased':
      return { ...made, state: 'erased', content: {}, shield: [] };
  }
};

const wrongState = ({ state }: Exclude<Contribution, { state: 'none' }>): WrongState =>
  new WrongState(`contribution.${state === 'released' ? 'made' : state}`, `The contribution is ${state}.`);

const decideOnMade = (
  contribution: Exclude<Contribution, { state: 'none' }>,
  command: Exclude<ContributionCommand, { type: 'make' | 'nothing' }>,
): ContributionFact[] => {
  const { id, state } = contribution;
  if (command.type === 'erase') {
    if (state === 'erased') throw wrongState(contribution);
    return [fact('contribution-erased', id, {}, { reason: command.reason })];
  }
  if (command.type === 'recall') {
    if (state !== 'released') throw wrongState(contribution);
    return [fact('contribution-recalled', id, {}, { reason: command.reason })];
  }
  if (state !== 'released') return [];
  if (command.type === 'expire') return [fact('contribution-expired', id, {}, {})];
  if (covers(contribution.shield, command.shield)) return [];
  return [fact('contribution-reshielded', id, {}, { shield: mergeShields(contribution.shield, command.shield) })];
};

const decide = (contribution: Contribution, command: ContributionCommand): ContributionFact[] => {
  if (command.type === 'nothing') return [];
  if (command.type !== 'make') {
    if (contribution.state === 'none') throw new NotFound();
    return decideOnMade(contribution, command);
  }
  if (contribution.state !== 'none') throw wrongState(contribution);
  const { id, handling, deed, event, content, shield } = command;
  return [fact('contribution-made', id, { ...handling, deed, event }, { content, shield })];
};

/** Without access attributes of its own: it takes those of what it was done in, which this node may not know. */
const publicationOf = (said: ContributionFact, _before: Contribution, after: Contribution): Publication => {
  const { event, content, shield } = after as Made;
  const { record } = said;
  if (said.type === 'contribution-made') {
    return { type: event, record, recordVersion: 1, shield, content };
  }
  if (said.type === 'contribution-reshielded') return { ...ending('record-reshielded', record), shield };
  return ending(said.type.replace(/^contribution-/, 'record-'), record);
};

const summary = (contribution: Contribution): Summary | null => {
  if (contribution.state === 'none') return null;
  const { state, handling, content } = contribution;
  const { classification, reviewBy } = handling;
  return { state, classification, reviewBy, satellites: [], touches: namesOf(content?.subjects ?? []) };
};

export const contributions: RecordModule<Contribution, ContributionFact, ContributionCommand> = {
  kind: 'contribution',
  initial: { state: 'none' },
  evolve,
  decide,
  publicationOf,
  summary,
  reshield: (shield) => ({ type: 'reshield', shield }),
  expire: () => ({ type: 'expire' }),
  // Its audience is that of what it was done in, whose originator extends it.
  backfill: () => ({ type: 'nothing' }),
};
