import { readPlaced, reasonOf, signHeartbeat, ZERO_HASH, type SigningKey } from '#contracts';
import type { Exchange } from '#exchange';
import type { Clock, Logger } from '#platform';
import type { RegistryRelays } from '../status/relays.ts';

export interface HeartbeatParts {
  relays: Pick<RegistryRelays, 'status' | 'idle'>;
  exchange: Pick<Exchange, 'tail' | 'announce'>;
  signingKey: SigningKey;
  clock: Clock;
  logger: Logger;
  /** Milliseconds between two. */
  everyMs: number;
}

/**
 * Says now and then, of each of the registry's sources, that all that is stored is on the exchange, up to this event. It
 * says nothing while that isn't so: what is stored and can't be relayed may be a suspension.
 */
export class Heartbeats {
  #timer: NodeJS.Timeout | undefined;
  #turn: Promise<void> = Promise.resolve();
  #failing = false;

  constructor(private readonly parts: HeartbeatParts) {}

  start(): void {
    this.#timer = setInterval(() => void this.#tick(), this.parts.everyMs).unref();
    // The first one as soon as it can be true: until it is heard nobody may read.
    void this.parts.relays.idle().then(
      () => this.#tick(),
      () => undefined,
    );
  }

  /** Resolves after the one in hand. */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#turn.catch(() => undefined);
  }

  /** Says it now. Rejects where the exchange can't be reached. */
  beat(): Promise<void> {
    const mine = this.#turn.catch(() => undefined).then(() => this.#beat());
    this.#turn = mine;
    return mine;
  }

  /** Readers see that they hear nothing; the log says why, once. */
  async #tick(): Promise<void> {
    try {
      await this.beat();
      this.#failing = false;
    } catch (error) {
      if (!this.#failing) this.parts.logger.warn({ reason: reasonOf(error) }, 'the registry cannot be heard');
      this.#failing = true;
    }
  }

  async #beat(): Promise<void> {
    const { relays, exchange, signingKey, clock } = this.parts;
    // Before what is looked at: what is stored after it isn't spoken of.
    const time = new Date(clock.now()).toISOString();
    for (const { source, released, relayed, halted } of await relays.status()) {
      if (relayed < released || halted !== undefined) continue;
      const tail = await exchange.tail(source);
      const { sequence, hash } = tail === null ? { sequence: 0, hash: ZERO_HASH } : readPlaced(tail.value);
      if (sequence < released) continue;
      await exchange.announce(source, signHeartbeat({ source, sequence, hash, time }, signingKey));
    }
  }
}
