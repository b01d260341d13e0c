import { reasonOf } from '#contracts';
import type { Consumption, Exchange, LogEntry } from '#exchange';
import type { Clock, Logger } from '#platform';
import { Copy, Fenced } from './copy.ts';
import { Follower, type Wait } from './follower.ts';
import { Pauses } from './pauses.ts';
import type { Reader } from './reader.ts';
import { Refusals } from './refusals.ts';
import type { KnownKey } from './signing.ts';
import { MEMBERS_SOURCE, sourceOf } from './sources.ts';
import type { States } from './states.ts';

export interface IntakeParts {
  copy: Copy;
  reader: Reader;
  states: States;
  exchange: Exchange;
  clock: Clock;
  logger: Logger;
  registryKeys: readonly KnownKey[];
  /** Instances of one group share the sources. */
  group: string;
}

interface Followed {
  follower: Follower;
  /** What it does, one thing after the other. */
  turn: Promise<unknown>;
  /** Something failed: the exchange may have nothing to bring again, so that it has to be gone on with from here. */
  failed: boolean;
}

/** What waits for another source, or another instance, is tried again this often. */
const RETRY_MS = 250;

/** Follows every source for the live copy: what is verified is applied, what is wrong stops its source alone. */
export class Intake {
  /** What this process has refused. */
  readonly refusals = new Refusals();
  readonly #followed = new Map<string, Followed>();
  readonly #consumptions: Consumption[] = [];
  readonly #listeners = new Set<(source: string) => void>();
  #timer: NodeJS.Timeout | undefined;
  readonly #pauses = new Pauses();
  #stopped = false;

  constructor(private readonly parts: IntakeParts) {}

  /** Starts to follow the registry's sources and every known member's. */
  async start(): Promise<void> {
    await this.parts.states.refresh();
    await this.#followNew();
    this.#timer = setInterval(() => void this.tryAgain(), RETRY_MS).unref();
  }

  /** Resolves after what is in hand. */
  async stop(): Promise<void> {
    this.#stopped = true;
    clearInterval(this.#timer);
    await Promise.all(this.#consumptions.map((consumption) => consumption.stop()));
    await Promise.all([...this.#followed.values()].map(({ turn }) => turn.catch(() => undefined)));
  }

  /** What a source waits for here, where this process follows it. */
  waitsFor(source: string): Wait | null {
    return this.#followed.get(source)?.follower.waitsFor ?? null;
  }

  /** Calls back after something of a source was applied. */
  onApplied(listener: (source: string) => void): void {
    this.#listeners.add(listener);
  }

  /** Nothing is applied until the answered function is called. Resolves when what is in hand is done. */
  pause(): Promise<() => void> {
    return this.#pauses.pause();
  }

  /** Follows a source again from what is applied of it: after the operator has decided. */
  async restart(source: string): Promise<void> {
    const followed = this.#followed.get(source);
    if (!followed) return;
    await this.#inTurn(followed, async (follower) => {
      await follower.open();
      await follower.readOn();
    });
  }

  /** New members' sources as the registry has them. */
  async #followNew(): Promise<void> {
    const fresh = (await this.parts.copy.sources()).filter((source) => !this.#followed.has(source));
    // The registry's first: what members say waits for it.
    fresh.sort((a, b) => Number(b.startsWith('/registry/')) - Number(a.startsWith('/registry/')));
    for (const source of fresh) await this.#follow(source);
  }

  async #follow(source: string): Promise<void> {
    if (this.#stopped || this.#followed.has(source)) return;
    const { copy, reader, registryKeys, states, exchange, group } = this.parts;
    const follower = new Follower(source, {
      copy,
      reader,
      registryKeys,
      skips: async () => states.skips(source),
      refused: (reasons) => this.refusals.count(source, reasons),
      read: (of, from, limit) => exchange.read(of, from, limit),
    });
    const followed: Followed = { follower, turn: Promise.resolve(), failed: false };
    this.#followed.set(source, followed);
    await follower.open();
    this.#consumptions.push(
      await exchange.consume({
        group,
        sources: [source],
        from: () => this.#begin(followed),
        onBatch: (_, entries) => this.#take(followed, entries),
      }),
    );
  }

  #begin(followed: Followed): Promise<number> {
    return this.#queue(followed, () => followed.follower.open());
  }

  async #take(followed: Followed, entries: LogEntry[]): Promise<void> {
    await this.#inTurn(followed, (follower) => follower.take(entries));
  }

  async #inTurn(followed: Followed, work: (follower: Follower) => Promise<void>): Promise<void> {
    await this.#queue(followed, async () => {
      if (this.#isQuarantined(followed)) return;
      const before = followed.follower.place.sequence;
      try {
        await work(followed.follower);
        followed.failed = false;
      } catch (error) {
        followed.failed = true;
        if (error instanceof Fenced) await this.#standBack(followed.follower);
        throw error;
      } finally {
        if (followed.follower.place.sequence !== before) this.#tell(followed.follower.source);
      }
      await this.#keepState(followed.follower);
    });
  }

  /**
   * Another instance has applied this source further: what is in hand is dropped, and the exchange brings the same
   * entries again, if it still brings them to this instance. Then it goes on from what is applied by then.
   */
  async #standBack(follower: Follower): Promise<void> {
    this.parts.logger.warn({ source: follower.source }, 'another instance follows this source');
    await follower.open();
  }

  /** One whose copy was made anew may come up to the place again, and no further. */
  #isQuarantined({ follower }: Followed): boolean {
    const { quarantinedAt, sequence } = this.parts.states.get(follower.source);
    return quarantinedAt !== null && follower.place.sequence + 1 >= (sequence ?? 0);
  }

  async #queue<T>(followed: Followed, work: () => Promise<T>): Promise<T> {
    const before = followed.turn;
    const mine = (async () => {
      await before.catch(() => undefined);
      return this.#pauses.run(work);
    })();
    followed.turn = mine;
    return mine;
  }

  #tell(source: string): void {
    for (const listener of this.#listeners) listener(source);
    if (source === MEMBERS_SOURCE) void this.#followNew().catch((error: unknown) => this.#warn(error));
  }

  async #keepState(follower: Follower): Promise<void> {
    const { states, clock, logger } = this.parts;
    const { source, fault, gaps, waiting, place } = follower;
    const before = states.get(source);
    if (fault) {
      this.refusals.count(source, [fault]);
      logger.error({ source, sequence: place.sequence + 1, reason: fault }, 'source quarantined');
      const quarantined = {
        quarantinedAt: before.quarantinedAt ?? clock.now(),
        sequence: place.sequence + 1,
        reason: fault,
      };
      return states.set({ ...before, ...quarantined, gaps });
    }
    const holeSince = waiting ? (before.holeSince ?? clock.now()) : null;
    return states.set({ ...before, holeSince, gaps });
  }

  /**
   * What waits for another source, what failed while the exchange had nothing to bring, and members that another
   * instance has heard of. Called now and then.
   */
  async tryAgain(): Promise<void> {
    await this.#followNew().catch((error: unknown) => this.#warn(error));
    for (const followed of this.#followed.values()) {
      if (!followed.follower.stalled && !followed.failed) continue;
      await this.#inTurn(followed, (follower) => follower.goOn()).catch((error: unknown) => this.#warn(error));
    }
    await this.#makeAnew().catch((error: unknown) => this.#warn(error));
  }

  /** What a key that came late has made readable, or a revoked one has withdrawn. */
  async #makeAnew(): Promise<void> {
    const stale = Map.groupBy(await this.parts.copy.stale(), ({ originator }) => sourceOf(originator));
    for (const [source, rows] of stale) {
      const followed = this.#followed.get(source);
      const records = rows.map(({ record }) => record);
      if (followed) await this.#inTurn(followed, (follower) => follower.makeAnew(records));
    }
  }

  #warn(error: unknown): void {
    this.parts.logger.warn({ reason: reasonOf(error) }, 'intake will try again');
  }
}
