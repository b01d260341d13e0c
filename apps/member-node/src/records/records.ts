import { NotFound, Problem, VersionConflict } from '#contracts';
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
  /** Of the people whom this record touches, or is to touch. */
  know(touches: readonly Touch[]): Promise<Knowledge>;
  /** Decides on another record that is there, and stores that before: a crash may come between the two. */
  first<State, F extends Fact, Command>(
    module: RecordModule<State, F, Command>,
    id: string,
    toCommand: (state: State, asking: Asking) => Promise<NoInfer<Command>> | NoInfer<Command>,
  ): Promise<void>;
}

export interface RecordsParts {
  writer: RecordWriter;
  people: People;
  consequences: Consequences;
  mutex: Mutex;
  clock: Clock;
  /** Brings lists and consequences up to the store's end. */
  repair(): Promise<void>;
}

/** Commands on this member's records, one at a time: a node is the only writer of its source. */
export class Records {
  private torn = false;

  constructor(private readonly parts: RecordsParts) {}

  /** Decides on a record that is there; NotFound where it isn't. A command that ran under this key is answered again. */
  act<State, F extends Fact, Command>(
    module: RecordModule<State, F, Command>,
    id: string,
    acting: Acting,
    toCommand: (state: State, asking: Asking) => Promise<NoInfer<Command>> | NoInfer<Command>,
  ): Promise<Acted<State>> {
    return this.exclusive(async () => {
      const on = await this.parts.writer.load(module, id);
      if (on.version === 0) throw new NotFound();
      const before = acting.command === undefined ? undefined : on.commands.get(acting.command);
      if (before !== undefined) return { id, version: before, state: on.state };
      if (acting.ifMatch !== undefined && acting.ifMatch !== on.version) throw new VersionConflict(on.version);
      return this.decideOn(module, on, acting, toCommand);
    });
  }

  /** Ends a record that is there by this command. Nothing would tell later what it holds of another one. */
  end<State, F extends Fact, Command>(
    module: RecordModule<State, F, Command>,
    id: string,
    acting: Acting,
    command: NoInfer<Command>,
  ): Promise<Acted<State>> {
    return this.act(module, id, acting, async (state, { first }) => {
      const held = module.decide(state, command).length > 0 ? module.holds?.(state) : null;
      if (held) await first(held.module, held.id, (on) => held.giveBack(on)).catch(unlessEnded);
      return command;
    });
  }

  /** Makes a record. Where one of that id is there, it is answered as it is, and nothing is appended. */
  create<State, F extends Fact, Command>(
    module: RecordModule<State, F, Command>,
    id: string,
    acting: Acting,
    toCommand: (state: State, asking: Asking) => Promise<NoInfer<Command>> | NoInfer<Command>,
  ): Promise<Acted<State> & { created: boolean }> {
    return this.exclusive(async () => {
      const on = await this.parts.writer.load(module, id);
      if (on.version > 0) return { id, version: on.version, state: on.state, created: false };
      const acted = await this.decideOn(module, fresh(module, id), acting, toCommand);
      return { ...acted, created: true };
    });
  }

  /** Several decisions in one go, each on another record. */
  many<T>(work: (asking: Asking, many: Many) => Promise<T>): Promise<T> {
    return this.exclusive(() => {
      const asking = this.asking({ user: 'node' }, null);
      const commit = (decided: readonly By[]) =>
        this.commit(
          decided.map(({ acting, ...one }) => ({ ...one, meta: this.meta(acting, asking.at) })),
          asking.known(),
        );
      return work(asking, { load: this.parts.writer, commit });
    });
  }

  /** Resolves when what was asked so far is done. */
  idle(): Promise<void> {
    return this.parts.mutex.run(() => Promise.resolve());
  }

  private async decideOn<State, F extends Fact, Command>(
    module: RecordModule<State, F, Command>,
    on: Loaded<State>,
    acting: Acting,
    toCommand: (state: State, asking: Asking) => Promise<NoInfer<Command>> | NoInfer<Command>,
  ): Promise<Acted<State>> {
    const asking = this.asking(acting, on.id);
    const command = await toCommand(on.state, asking);
    // What was stored before may be a fact of this one.
    const now = asking.brought() ? await this.parts.writer.load(module, on.id) : on;
    const facts = module.decide(now.state, command);
    if (facts.length === 0) return { id: now.id, version: now.version, state: now.state };
    const meta = this.meta(acting, asking.at);
    const [committed] = await this.commit([{ on: now as Loaded<unknown>, facts, meta }], asking.known());
    const outcome = committed!.outcome;
    if (!outcome.ok) throw new VersionConflict(outcome.current);
    return { id: now.id, version: outcome.version, state: facts.reduce((s, f) => module.evolve(s, f), now.state) };
  }

  /** One at a time; and not before what a failed one left half done is made whole, or is known not to have happened. */
  private exclusive<T>(work: () => Promise<T>): Promise<T> {
    return this.parts.mutex.run(async () => {
      if (this.torn) {
        await this.parts.repair();
        this.torn = false;
      }
      return work();
    });
  }

  private async commit(decided: readonly Decided[], knowledge: Knowledge | null): Promise<Committed[]> {
    this.torn = true;
    const committed = await this.parts.writer.commit(decided);
    const listed = committed.flatMap((one) => one.listed ?? []);
    if (decided[0]) {
      const { actor, at } = decided[0].meta;
      await this.parts.consequences.settle(listed, { actor, at }, knowledge);
    }
    this.parts.writer.settled();
    this.torn = false;
    return committed;
  }

  private meta({ user, command }: Acting, at: string): EventMeta {
    return { actor: user, at, ...(command !== undefined && { command }) };
  }

  private asking({ user }: Acting, record: string | null): Asking & { known(): Knowledge | null; brought(): boolean } {
    let known: Knowledge | null = null;
    let brought = false;
    return {
      at: new Date(this.parts.clock.now()).toISOString(),
      know: async (touches) => (known = await this.parts.people.know(touches, record)),
      known: () => known,
      brought: () => brought,
      first: async (module, id, toCommand) => {
        const on = await this.parts.writer.load(module, id);
        if (on.version === 0) throw new NotFound();
        brought = true;
        await this.decideOn(module, on, { user }, toCommand);
      },
    };
  }
}

/** What has ended holds nothing for anybody. */
export const unlessEnded = (error: unknown): void => {
  if (!(error instanceof Problem) || error.status >= 500) throw error;
};

/** Facts, and who acted. */
export type By = Omit<Decided, 'meta'> & { acting: Acting };

export interface Many {
  load: Pick<RecordWriter, 'loadMany'>;
  commit(decided: readonly By[]): Promise<Committed[]>;
}
