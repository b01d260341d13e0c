import { NotFound, WrongState, type EventType } from '#contracts';
import { fact, type Fact } from '../records/fact.ts';
import type { RecordModule, Summary, Touch } from '../records/record-module.ts';
import { ending, type Handling, type Publication } from '../records/release.ts';

/**
 * What this member says, once and for good, of something that may be another's, or not be there: that it took note of a
 * notice, asks for a permission, answers a request for one. Whether it counts is the joint views' to judge. It isn't taken
 * back, but it may hold what is known of a person: so it can be erased.
 */
export type WordFact =
  Fact<'word-given', Handling & { event: EventType }, Home & object> | Fact<'word-erased', object, { reason: string }>;

/** Whom it says to be the same. */
interface Same {
  same?: readonly string[];
}

/** What stays at home. */
interface Home extends Same {
  /** What else was said that is nobody else's business. */
  home?: object;
}
const AT_HOME: readonly string[] = ['same', 'home'];

interface Given extends Same {
  id: string;
  handling: Handling;
  event: EventType;
  /** What was said, as far as it isn't only of whom. */
  content: object;
}

export type Word = { state: 'none' } | ({ state: 'given' | 'erased' } & Given);

export interface GiveWord extends Home {
  type: 'give';
  id: string;
  event: EventType;
  handling: Handling;
  content: object;
}
export type WordCommand = GiveWord | { type: 'erase'; reason: string } | { type: 'nothing' };

const without = (sealed: object, names: readonly string[]): object =>
  Object.fromEntries(Object.entries(sealed).filter(([name]) => !names.includes(name)));

const publicationOf = (said: WordFact): Publication => {
  const { record } = said;
  if (said.type === 'word-erased') return ending('record-erased', record);
  return { type: said.data.event, record, recordVersion: 1, shield: [], content: without(said.sealed, AT_HOME) };
};

export class WordErased extends WrongState {
  constructor() {
    super('word.erased', 'The word is erased.');
  }
}

const decide = (word: Word, command: WordCommand): WordFact[] => {
  if (command.type === 'nothing') return [];
  if (word.state === 'erased') throw new WordErased();
  if (command.type === 'erase') {
    if (word.state === 'none') throw new NotFound();
    return [fact('word-erased', word.id, {}, { reason: command.reason })];
  }
  if (word.state !== 'none') return [];
  const { id, handling, event, content, same, home } = command;
  return [fact('word-given', id, { ...handling, event }, { ...content, ...(same && { same }), ...(home && { home }) })];
};

const evolve = (word: Word, said: WordFact): Word => {
  if (said.type === 'word-erased') {
    const { id, handling, event } = word as Given;
    return { state: 'erased', id, handling, event, content: {} };
  }
  const { event, ...handling } = said.data;
  const { same, home } = said.sealed;
  const content = { ...without(said.sealed, AT_HOME), ...home };
  return { state: 'given', id: said.record, handling, event, content, ...(same && { same }) };
};

/** An entity of its own, that has all these names. */
export const touchesOfWord = ({ id, same = [] }: { id: string } & Same): readonly Touch[] =>
  same.length === 0 ? [] : [{ entity: `word ${id}`, person: null, identifiers: same }];

const summary = (word: Word): Summary | null =>
  word.state === 'none'
    ? null
    : {
        state: word.state,
        classification: word.handling.classification,
        reviewBy: word.handling.reviewBy,
        satellites: [],
        touches: touchesOfWord(word),
      };

export const words: RecordModule<Word, WordFact, WordCommand> = {
  kind: 'word',
  initial: { state: 'none' },
  evolve,
  decide,
  publicationOf,
  summary,
  // It speaks of nobody and is never reviewed: it is a word given, not something known.
  reshield: () => ({ type: 'nothing' }),
  expire: () => ({ type: 'nothing' }),
  backfill: () => ({ type: 'nothing' }),
};
