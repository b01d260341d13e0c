import type { Envelope } from '#contracts';
import type { StoredEvent } from '#event-store';

/** What a decision gives: its type with its version, and its data. */
export interface Fact {
  type: string;
  data: object;
}

/** One kind of aggregate: how its events fold, and how each is told on the exchange. */
export interface Aggregate<State, Event extends Fact> {
  /** Its streams are `<prefix><id>`. */
  prefix: string;
  initial: State;
  evolve(state: State, event: Event): State;
  /** The integration event of a fact: what changed, and all of the aggregate after it. */
  tell(event: Event, after: State, of: { id: string; at: string }): Envelope;
}

export interface Folded<State> {
  state: State;
  /** 0: there is no such stream. */
  version: number;
  events: StoredEvent[];
}

export function fold<State, Event extends Fact>(
  { initial, evolve }: Aggregate<State, Event>,
  events: StoredEvent[],
): Folded<State> {
  const state = events.reduce((before, { type, data }) => evolve(before, { type, data } as Event), initial);
  return { state, version: events.length, events };
}
