import { mergeShields, NotFound, WrongState, type EventType, type Shield } from '#contracts';
import { fact, type Fact } from '../records/fact.ts';
import type { RecordModule, Summary, Touch } from '../records/record-module.ts';
import { ending, type Handling, type Publication } from '../records/release.ts';
import { covers, NO_SHIELD } from '../records/shield.ts';
import { touchesOf } from '../records/touches.ts';

/**
 * What this member says, once and for good, of something that may be another's, or not be there: that it took note of a
 * notice, asks for a permission, answers a request for one. Whether it counts is the joint views' to judge. It isn't taken
 * back, but it may hold what is known of a person: so it can be erased.
 */
export type WordFact =
  | Fact<'word-given', Handling & { event: EventType }, Home & { shield?: Shield } & object>
  | Fact<'word-reshielded', object, { shield: Shield }>
  | Fact<'word-erased', object, { reason: string }>;

/** Whom it says to be the same. */
interface Same {
  same?: readonly string[];
}

/** What stays at home. */
interface Home extends Same {
  /** What else was said that is nobody else's business. */
  home?: object;
}
const APART: readonly string[] = ['same', 'home', 'shield'];

interface Given extends Same {
  id: string;
  handling: Handling;
  event: EventType;
  /** What was said, as far as it isn't only of whom. */
  content: object;
  /** Whom it is kept from: it may describe somebody who asked for protection. */
  shield: Shield;
}

export type Word = { state: 'none' } | ({ state: 'given' | 'erased' } & Given);

export interface GiveWord extends Home {
  type: 'give';
  id: string;
  event: EventType;
  handling: Handling;
  content: object;
  shield?: Shield;
}
export type WordCommand =
  GiveWord | { type: 'reshield'; shield: Shield } | { type: 'erase'; reason: string } | { type: 'nothing' };

const without = (sealed: object, names: readonly string[]): object =>
  Object.fromEntries(Object.entries(sealed).filter(([name]) => !names.includes(name)));

const publicationOf = (said: WordFact): Publication => {
  const { record } = said;
  if (said.type === 'word-erased') return ending('record-erased', record);
  const { shield = NO_SHIELD } = said.sealed;
  if (said.type === 'word-reshielded') return { ...ending('record-reshielded', record), shield };
  return { type: said.data.event, record, recordVersion: 1, shield, content: without(said.sealed, APART) };
};

export class WordErased extends WrongState {
  constructor() {
    super('word.erased', 'The word is erased.');
  }
}

const decide = (word: Word, command: WordCommand): WordFact[] => {
  if (command.type === 'nothing') return [];
  if (command.type === 'reshield') return reshield(word, command.shield);
  if (word.state === 'erased') throw new WordErased();
  if (command.type === 'erase') {
    if (word.state === 'none') throw new NotFound();
    return [fact('word-erased', word.id, {}, { reason: command.reason })];
  }
  return word.state === 'none' ? give(command) : [];
};

const give = ({ id, handling, event, content, same, home, shield = NO_SHIELD }: GiveWord): WordFact[] => {
  const apart = { ...(same && { same }), ...(home && { home }), ...(shield.length > 0 && { shield }) };
  return [fact('word-given', id, { ...handling, event }, { ...content, ...apart })];
};

/** A word that only names a record describes nobody, whoever that record is about. */
const reshield = (word: Word, shield: Shield): WordFact[] =>
  word.state !== 'given' || describedBy(word.content) === null || covers(word.shield, shield)
    ? []
    : [fact('word-reshielded', word.id, {}, { shield: mergeShields(word.shield, shield) })];

const evolve = (word: Word, said: WordFact): Word => {
  if (said.type === 'word-erased') {
    const { id, handling, event } = word as Given;
    return { state: 'erased', id, handling, event, content: {}, shield: NO_SHIELD };
  }
  if (said.type === 'word-reshielded') return { ...(word as Given), state: 'given', shield: said.sealed.shield };
  const { event, ...handling } = said.data;
  const { same, home, shield = NO_SHIELD } = said.sealed;
  const content = { ...without(said.sealed, APART), ...home };
  return { state: 'given', id: said.record, handling, event, content, shield, ...(same && { same }) };
};

type Properties = Readonly<Record<string, readonly string[]>>;

/** The person whom a word describes, as core data on a DNA hit do. */
export const describedBy = (content: object): Properties | null => (content as { person?: Properties }).person ?? null;

const touchOf = (entity: string, content: object): Touch => {
  const person = describedBy(content);
  const [touch] = person ? touchesOf([{ id: entity, schema: 'Person', properties: person }]) : [];
  return touch ?? { entity, person: null, identifiers: [] };
};

/** An entity of its own, that has all these names, and what identifies the person whom the word describes. */
export const touchesOfWord = ({ id, same = [], content = {} }: { id: string; content?: object } & Same): Touch[] => {
  const touch = touchOf(`word ${id}`, content);
  const identifiers = [...touch.identifiers, ...same];
  return identifiers.length === 0 ? [] : [{ ...touch, identifiers }];
};

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
  reshield: (shield) => ({ type: 'reshield', shield }),
  // It is never reviewed: it is a word given, not something known.
  expire: () => ({ type: 'nothing' }),
  backfill: () => ({ type: 'nothing' }),
};
