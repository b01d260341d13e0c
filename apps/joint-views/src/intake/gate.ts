import { currentUntil, readHeartbeat, Unavailable, type PublicJwk } from '#contracts';
import type { Exchange } from '#exchange';
import type { Clock } from '#platform';
import type { ReadGate } from '../tokens.ts';
import type { Copy } from './copy.ts';
import { memberOf, REGISTRY_SOURCES } from './sources.ts';
import type { SourceState, States } from './states.ts';

export interface GateParts {
  copy: Copy;
  states: States;
  exchange: Exchange;
  clock: Clock;
  /** What signs the registry's word, its heartbeats too. */
  registryKeys: readonly { kid: string; publicJwk: PublicJwk }[];
  /** How long a source may be quarantined, or wait behind a hole, before all of its records are withheld. */
  withholdAfterMs: number;
  /** How old what is known of members and agreements may be for reads to be answered by it. */
  registryMaxAgeMs: number;
}

const LOOK_MS = 1000;
/** How long a look may take before another is begun beside it: one that hangs for ever must not be the last. */
const PATIENCE_LOOKS = 30;

/** What a read must know of the intake, at hand without asking a database. */
export class IntakeGate implements ReadGate {
  /** By source of the registry's: until when what was applied of it was all that there was. */
  readonly #currentUntil = new Map<string, number>();
  #timer: NodeJS.Timeout | undefined;
  #looking: Promise<void> | null = null;
  /** Ticks since the last look began. */
  #missed = 0;

  constructor(private readonly parts: GateParts) {}

  /** `also`: what else is to be looked at now and then. */
  async start(also: () => Promise<void> = async () => {}): Promise<void> {
    await this.parts.states.refresh();
    // While the exchange is away nothing is confirmed, so reads are refused: that is no reason not to start.
    await this.look().catch(() => undefined);
    const look = () => this.look().then(also);
    this.#timer = setInterval(() => this.#lookAgain(look), LOOK_MS).unref();
  }

  /** Not while the last look waits for an exchange or a database that says nothing: they would pile up. */
  #lookAgain(look: () => Promise<void>): void {
    this.#missed += 1;
    if (this.#looking !== null && this.#missed < PATIENCE_LOOKS) return;
    this.#missed = 0;
    const looking = look()
      .catch(() => undefined)
      .finally(() => {
        if (this.#looking === looking) this.#looking = null;
      });
    this.#looking = looking;
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  /** Looks how current the registry's word is, and what other instances have found. */
  async look(): Promise<void> {
    await this.parts.states.refresh();
    await Promise.all(REGISTRY_SOURCES.map((source) => this.#hear(source)));
  }

  /** A heartbeat counts by the time that it says, never by when it came: an old one, played again, makes nothing younger. */
  async #hear(source: string): Promise<void> {
    const { copy, states, exchange, clock, registryKeys } = this.parts;
    const text = await exchange.announced(source);
    const heartbeat = text === null ? null : readHeartbeat(text, registryKeys);
    if (heartbeat === null || states.get(source).quarantinedAt !== null) return;
    const { place } = await copy.place(source);
    const hashes = await copy.hashes(source, [heartbeat.sequence]);
    const hashAt = (sequence: number) => (sequence === place.sequence ? place.hash : hashes.get(sequence));
    const until = currentUntil(heartbeat, source, { sequence: place.sequence, hashAt }, clock.now());
    const before = this.#currentUntil.get(source) ?? until;
    if (until !== null && before !== null) this.#currentUntil.set(source, Math.max(until, before));
  }

  /** How old what is known of members and agreements is, at the most: by the registry's own clock and word. */
  registryAgeMs(now: number): number {
    const current = REGISTRY_SOURCES.map((source) => this.#currentUntil.get(source));
    return Math.max(
      ...current.map((until) => (until === undefined ? Number.MAX_SAFE_INTEGER : Math.max(0, now - until))),
    );
  }

  withheld(now: number): readonly string[] {
    if (this.registryAgeMs(now) > this.parts.registryMaxAgeMs) {
      throw new Unavailable('registry-stale', 'The registry was last heard of too long ago.');
    }
    return this.withheldOriginators(now);
  }

  /** Originators whose source has been quarantined, or stuck, for longer than allowed: a missed recall must not show. */
  withheldOriginators(now: number): string[] {
    const tooLong = (since: number | null) => since !== null && now - since >= this.parts.withholdAfterMs;
    const stuck = ({ quarantinedAt, holeSince }: SourceState) => tooLong(quarantinedAt) || tooLong(holeSince);
    const members = this.parts.states
      .all()
      .filter(stuck)
      .map(({ source }) => memberOf(source));
    return members.filter((member) => member !== null).sort();
  }
}
