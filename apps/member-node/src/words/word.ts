import type { EventType } from '#contracts';
import { fact, type Fact } from '../records/fact.ts';
import type { RecordModule, Summary, Touch } from '../records/record-module.ts';
import type { Handling, Publication } from '../records/release.ts';

/**
 * What this member says, once and for good, of something that may be another's, or not be there: that it took note of a
 * notice, asks for a permission, answers a request for one. Whether it counts is the joint views' to judge.
 */
export type WordFact = Fact<'word-given', Handling & { event: EventType }, Home & object>;

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

export type Word = { state: 'none' } | ({ state: 'given'; id: string; handling: Handling } & Same);

export interface GiveWord extends Home {
  type: 'give';
  id: string;
  event: EventType;
  handling: Handling;
  content: object;
}
export type WordCommand = GiveWord | { type: 'nothing' };

const publicationOf = ({ record, data, sealed }: WordFact): Publication => ({
  type: data.event,
  record,
  recordVersion: 1,
  shield: [],
  content: Object.fromEntries(Object.entries(sealed).filter(([name]) => !AT_HOME.includes(name))),
});

const decide = (word: Word, command: WordCommand): WordFact[] => {
  if (command.type === 'nothing' || word.state !== 'none') return [];
  const { id, handling, event, content, same, home } = command;
  return [fact('word-given', id, { ...handling, event }, { ...content, ...(same && { same }), ...(home && { home }) })];
};

const evolve = (_: Word, { record, data, sealed: { same } }: WordFact): Word => ({
  state: 'given',
  id: record,
  handling: data,
  ...(same && { same }),
});

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
