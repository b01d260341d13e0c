import type { Classification, Shield } from '#contracts';
import type { Fact } from './fact.ts';
import type { Backfill, Publication } from './release.ts';

/** What the node knows of one person from one record. Countries are lower-case codes. */
export interface PersonFacts {
  claimed: boolean;
  nationalities: readonly string[];
  /** Habitual residence, and the states said to persecute. */
  others: readonly string[];
  /** Claims of this person that were finally refused, as `Knowledge.claimsOf` names them: they don't shield this record. */
  refused?: readonly string[];
}

/** An entity that a record is about or names. */
export interface Touch {
  /** The global id. */
  entity: string;
  /** Null where the record only names it. */
  person: PersonFacts | null;
  /** Document and national identifiers, normalized: who shares one is the same person. */
  identifiers: readonly string[];
}

/** What the node's own lists keep of a record, whatever its kind. */
export interface Summary {
  state: string;
  classification: Classification;
  reviewBy: string;
  /** Further records of the same stream, sealed by keys of their own: a tear line. */
  satellites: readonly string[];
  touches: readonly Touch[];
}

/** One kind of record: what a module brings to share the node's rails. All of it is pure. */
export interface RecordModule<State = unknown, F extends Fact = Fact, Command = unknown> {
  /** Also the prefix of its streams. */
  readonly kind: string;
  readonly initial: State;
  evolve(state: State, fact: F): State;
  decide(state: State, command: Command): F[];
  publicationOf(fact: F, before: State, after: State): Publication | null;
  /** Null where nothing was created yet. */
  summary(state: State): Summary | null;
  reshield(shield: Shield): Command;
  expire(): Command;
  /** Lets a newcomer see what was released to the whole task force; decides nothing where that doesn't apply. */
  backfill(backfill: Backfill): Command;
  /** What it holds of another record, to be given back before it ends. */
  holds?(state: State): Holding | null;
}

/** Something held of another record. */
export interface Holding {
  module: RecordModule;
  id: string;
  /** Gives it back; asked again, it decides nothing. */
  giveBack(state: unknown): unknown;
}

export const streamOf = (module: RecordModule, id: string): string => `${module.kind}-${id}`;
