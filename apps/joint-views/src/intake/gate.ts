import { readPlaced, Unavailable } from '#contracts';
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
  /** How long a source may be quarantined, or wait behind a hole, before all of its records are withheld. */
  withholdAfterMs: number;
  /** How long ago the registry may last have been confirmed current. */
  registryMaxAgeMs: number;
}

const LOOK_MS = 1000;

/** What a read must know of the intake, at hand without asking a database. */
export class IntakeGate implements ReadGate {
  #confirmedAt: number | null = null;
  #timer: NodeJS.Timeout | undefined;

  constructor(private readonly parts: GateParts) {}

  /** `also`: what else is to be looked at now and then. */
  async start(also: () => Promise<void> = async () => {}): Promise<void> {
    await this.look();
    const look = () => this.look().then(also);
    this.#timer = setInterval(() => void look().catch(() => undefined), LOOK_MS).unref();
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  /** Looks whether all that the registry said is applied, and what other instances have found. */
  async look(): Promise<void> {
    const now = this.parts.clock.now();
    await this.parts.states.refresh();
    const current = await Promise.all(REGISTRY_SOURCES.map((source) => this.#isCurrent(source)));
    if (current.every(Boolean)) this.#confirmedAt = now;
  }

  async #isCurrent(source: string): Promise<boolean> {
    const { copy, states, exchange } = this.parts;
    const tail = await exchange.tail(source);
    const { place } = await copy.place(source);
    const applied = tail === null ? place.sequence === 0 : sequenceOf(tail.value) === place.sequence;
    return applied && states.get(source).quarantinedAt === null;
  }

  /** Since the registry's word on members and agreements was last known to be applied to its end. */
  registryAgeMs(now: number): number {
    return this.#confirmedAt === null ? Number.MAX_SAFE_INTEGER : Math.max(0, now - this.#confirmedAt);
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

function sequenceOf(value: string): number | null {
  try {
    return readPlaced(value).sequence;
  } catch {
    return null;
  }
}
