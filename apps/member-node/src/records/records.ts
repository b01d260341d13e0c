import { NotFound, VersionConflict } from '#contracts';
import type { EventMeta } from '#event-store';
import type { Clock } from '#platform';
import type { Consequences } from './consequences.ts';
import type { Fact } from './fact.ts';
import type { Mutex } from './mutex.ts';
import type { Knowledge, People } from './people.ts';
import type { RecordModule, Touch } from './record-module.ts';
import { fresh, type Committed, type Decided, type Loaded, type RecordWriter } from './writer.ts';

/** Who acts, and under what guard. */
export interface Acting {
  user: string;
  ifMatch?: number;
  /** The idempotency reservation that it runs under. */
  command?: string;
}

export interface Acted<State> {
  id: string;
  version: number;
  state: State;
}

/** What a command may ask while it is being made up, under the lock that keeps the answer true until it is stored. */
export interface Asking {
  at: string;
  know(touches: readonly Touch[]): Promise<Knowledge>;
}

export interface RecordsParts {
  writer: RecordWriter;
  people: People;
  consequences: Consequences;
  mutex: Mutex;
  clock: Clock;
}

/** Commands on this member's records, one at a time: a node is the only writer of its source. */
export class Records {
  constructor(private readonly parts: RecordsParts) {}

  /** Decides on a record that is there; NotFound where it isn't. A command that ran under this key is answered again. */
  act<State, F extends Fact, Command>(
    module: RecordModule<State, F, Command>,
    id: string,
    acting: Acting,
    toCommand: (state: State, asking: Asking) => Promise<Command> | Command,
  ): Promise<Acted<State>> {
    return this.parts.mutex.run(async () => {
      const on = await this.parts.writer.load(module, id);
      if (on.version === 0) throw new NotFound();
      const before = acting.command === undefined ? undefined : on.commands.get(acting.command);
      if (before !== undefined) return { id, version: before, state: on.state };
      if (acting.ifMatch !== undefined && acting.ifMatch !== on.version) throw new VersionConflict(on.version);
      return this.decideOn(module, on, acting, toCommand);
    });
  }

  /** Makes a record. Where one of that id is there, it is answered as it is, and nothing is appended. */
  create<State, F extends Fact, Command>(
    module: RecordModule<State, F, Command>,
    id: string,
    acting: Acting,
    toCommand: (state: State, asking: Asking) => Promise<Command> | Command,
  ): Promise<Acted<State> & { created: boolean }> {
    return this.parts.mutex.run(async () => {
      const on = await this.parts.writer.load(module, id);
      if (on.version > 0) return { id, version: on.version, state: on.state, created: false };
      const acted = await this.decideOn(module, fresh(module, id), acting, toCommand);
      return { ...acted, created: true };
    });
  }

  /** Several decisions in one go, each on another record. */
  many<T>(user: string, work: (asking: Asking, store: StoreMany) => Promise<T>): Promise<T> {
    return this.parts.mutex.run(() => {
      const asking = this.asking();
      const meta = this.meta({ user }, asking.at);
      return work(asking, {
        load: this.parts.writer,
        commit: (decided) =>
          this.commit(
            decided.map((one) => ({ ...one, meta })),
            meta,
            asking.known(),
          ),
      });
    });
  }

  private async decideOn<State, F extends Fact, Command>(
    module: RecordModule<State, F, Command>,
    on: Loaded<State>,
    acting: Acting,
    toCommand: (state: State, asking: Asking) => Promise<Command> | Command,
  ): Promise<Acted<State>> {
    const asking = this.asking();
    const facts = module.decide(on.state, await toCommand(on.state, asking));
    if (facts.length === 0) return { id: on.id, version: on.version, state: on.state };
    const meta = this.meta(acting, asking.at);
    const [committed] = await this.commit([{ on: on as Loaded<unknown>, facts, meta }], meta, asking.known());
    const outcome = committed!.outcome;
    if (!outcome.ok) throw new VersionConflict(outcome.current);
    return { id: on.id, version: outcome.version, state: facts.reduce((s, f) => module.evolve(s, f), on.state) };
  }

  private async commit(
    decided: readonly Decided[],
    meta: EventMeta,
    knowledge: Knowledge | null,
  ): Promise<Committed[]> {
    const committed = await this.parts.writer.commit(decided);
    const listed = committed.flatMap((one) => one.listed ?? []);
    await this.parts.consequences.settle(listed, { actor: meta.actor, at: meta.at }, knowledge);
    this.parts.writer.settled();
    return committed;
  }

  private meta({ user, command }: Acting, at: string): EventMeta {
    return { actor: user, at, ...(command !== undefined && { command }) };
  }

  private asking(): Asking & { known(): Knowledge | null } {
    let known: Knowledge | null = null;
    return {
      at: new Date(this.parts.clock.now()).toISOString(),
      know: async (touches) => (known = await this.parts.people.know(touches)),
      known: () => known,
    };
  }
}

/** Facts that all get the meta of the command that they come from. */
export type Undated = Omit<Decided, 'meta'>;

export interface StoreMany {
  load: Pick<RecordWriter, 'loadMany'>;
  commit(decided: readonly Undated[]): Promise<Committed[]>;
}
