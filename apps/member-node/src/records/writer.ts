import type { AppendOutcome, EventMeta, EventStore, NewEvent, StoredEvent } from '#event-store';
import type { Fact } from './fact.ts';
import type { RecordKeys } from './keys.ts';
import type { Listed, OwnLists } from './lists.ts';
import { streamOf, type RecordModule } from './record-module.ts';
import { recordsIn, type Keys, type Sealer } from './sealer.ts';

/** A record as its stream tells it. */
export interface Loaded<State> {
  module: RecordModule<State>;
  id: string;
  state: State;
  /** 0 where there is none. */
  version: number;
  /** RFC 3339; '' where there is none. */
  updatedAt: string;
  /** The version after each command that ran under an idempotency key. */
  commands: ReadonlyMap<string, number>;
  /** Its facts, oldest first, without content. */
  transitions: readonly Transition[];
}

export interface Transition {
  version: number;
  type: string;
  /** RFC 3339. */
  at: string;
  by: string;
}

/** Facts that were decided on a record as loaded, and not yet stored. */
export interface Decided<State = unknown> {
  on: Loaded<State>;
  facts: readonly Fact[];
  meta: EventMeta;
}

export interface Committed {
  outcome: AppendOutcome;
  /** Of what was appended; null where the stream was not as expected. */
  listed: Listed | null;
}

/** Facts of which a reader of the record learns nothing. */
const UNNOTICED = /-(reshielded|backfilled)$/;

/** Appends between two notes of how far the lists are: so many are gone through again after a crash. */
const REMEMBER_EVERY = 16;

/** A record that isn't there yet. */
export const fresh = <State>(module: RecordModule<State>, id: string): Loaded<State> => ({
  module,
  id,
  state: module.initial,
  version: 0,
  updatedAt: '',
  commands: new Map(),
  transitions: [],
});

/** Loads records from their streams and appends what was decided, sealed; the node's own lists follow at once. */
export class RecordWriter {
  /** The last event appended, and the last one of which all consequences are stored too. */
  private appended: string | null = null;
  private done: string | null = null;
  private commits = 0;

  constructor(
    private readonly store: EventStore,
    private readonly keys: RecordKeys,
    private readonly lists: OwnLists,
    private readonly sealer: Sealer,
  ) {}

  async load<State>(module: RecordModule<State>, id: string): Promise<Loaded<State>> {
    return (await this.loadMany(module, [id])).get(id) ?? fresh(module, id);
  }

  /** Those that are there. */
  async loadMany<State>(module: RecordModule<State>, ids: readonly string[]): Promise<Map<string, Loaded<State>>> {
    if (ids.length === 0) return new Map();
    const streams = await this.store.readStreams(ids.map((id) => streamOf(module, id)));
    const keys = await this.keys.find(recordsIn([...streams.values()].flat()));
    const loaded = new Map<string, Loaded<State>>();
    for (const id of ids) {
      const events = streams.get(streamOf(module, id)) ?? [];
      if (events.length > 0) loaded.set(id, this.fold(module, id, events, keys));
    }
    return loaded;
  }

  private fold<State>(
    module: RecordModule<State>,
    id: string,
    events: readonly StoredEvent[],
    keys: Keys,
  ): Loaded<State> {
    const commands = new Map<string, number>();
    let state = module.initial;
    let updatedAt = '';
    const transitions = events.map(({ type: versioned, version, meta: { at, actor } }) => {
      const type = versioned.replace(/\.v\d+$/, '');
      if (!UNNOTICED.test(type)) updatedAt = at;
      return { version, type, at, by: actor };
    });
    for (const event of events) {
      state = module.evolve(state, this.sealer.toFact(event, keys));
      if (event.meta.command !== undefined) commands.set(event.meta.command, event.version);
    }
    return { module, id, state, version: events.length, updatedAt, commands, transitions };
  }

  /**
   * Appends, each record atomically, in the order given; a record may be there once only. Keys are durable before what
   * they seal. What the own lists say afterwards includes all of it.
   */
  async commit(decided: readonly Decided[]): Promise<Committed[]> {
    const keys = await this.keys.ensure(recordsIn(decided.flatMap(({ facts }) => facts.map(asData))));
    const prepared = decided.map((one) => this.prepare(one, keys));
    const outcomes = await this.store.appendMany(
      prepared.map(({ on, events }) => ({
        stream: streamOf(on.module, on.id),
        expected: on.version === 0 ? ('no-stream' as const) : on.version,
        events,
      })),
    );
    const committed = prepared.map(({ listed }, n) => {
      const outcome = outcomes[n]!;
      return { outcome, listed: outcome.ok ? listed : null };
    });
    this.appended = prepared.findLast((_, n) => outcomes[n]!.ok)?.events.at(-1)?.id ?? this.appended;
    this.commits += 1;
    await this.lists.apply(
      committed.flatMap(({ listed }) => listed ?? []),
      this.commits % REMEMBER_EVERY === 0 ? this.done : null,
    );
    return committed;
  }

  /** Says that what was appended so far has no consequence left to store: a catch-up may begin after it. */
  settled(): void {
    this.done = this.appended;
  }

  private prepare(
    { on, facts, meta }: Decided,
    keys: Keys,
  ): { on: Loaded<unknown>; events: NewEvent[]; listed: Listed } {
    let { state, updatedAt } = on;
    const events = facts.map((fact) => {
      const after = on.module.evolve(state, fact);
      const event = this.sealer.toEvent(fact, on.module.publicationOf(fact, state, after), keys, meta);
      state = after;
      if (!UNNOTICED.test(fact.type)) updatedAt = meta.at;
      return event;
    });
    const after = { ...on, state, updatedAt, version: on.version + facts.length };
    return { on, events, listed: { ...listedOf(after, keys), isNew: on.version === 0 } };
  }

  /** What the own lists hold of loaded records. */
  async listed(loaded: readonly Loaded<unknown>[]): Promise<Listed[]> {
    const keys = await this.keys.find(loaded.map(({ id }) => id));
    return loaded.map((one) => listedOf(one, keys));
  }
}

const asData = ({ record }: Fact): { data: object } => ({ data: { record } });

const listedOf = ({ module, id, state, version, updatedAt }: Loaded<unknown>, keys: Keys): Listed => {
  const summary = module.summary(state);
  if (!summary) throw new Error(`${streamOf(module, id)} has events but no state`);
  // An erased record's key may still be there for the moment: nothing may be sealed under it any more.
  const key = summary.state === 'erased' ? undefined : keys.get(id);
  return { kind: module.kind, id, summary, version, updatedAt, ...(key && { key }) };
};
