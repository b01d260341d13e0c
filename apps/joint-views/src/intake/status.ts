import { readPlaced } from '#contracts';
import type { Exchange, LogEntry } from '#exchange';
import type { Clock } from '#platform';
import type { Copy } from './copy.ts';
import type { IntakeGate } from './gate.ts';
import type { SourceState, States } from './states.ts';

export interface SourceStatus {
  source: string;
  /** Of the last event on the exchange. */
  sequence: number;
  applied: number;
  /** Since when, at the longest, an event waits. */
  lagSeconds: number;
  /** Sequences that are missing although later ones came. */
  gaps: { from: number; to: number }[];
  quarantined: boolean;
  /** Where and why, while it is. */
  quarantine?: { sequence: number; reason: string };
  /** Events that wait for something other than a missing sequence. */
  waitingSeconds: number;
}

export interface Status {
  sources: SourceStatus[];
  registry: { ageSeconds: number };
}

interface Parts {
  copy: Copy;
  states: States;
  gate: IntakeGate;
  exchange: Exchange;
  clock: Clock;
}

/** How far each source has been applied. */
export class IntakeStatus {
  constructor(private readonly parts: Parts) {}

  /** `sources`: those that are told of; null, all. */
  async read(sources: readonly string[] | null): Promise<Status> {
    const { copy, gate, clock } = this.parts;
    const all = sources ?? (await copy.sources());
    const told: SourceStatus[] = [];
    for (const source of all) told.push(await this.#sourceStatus(source));
    await gate.look();
    return { sources: told, registry: { ageSeconds: Math.floor(gate.registryAgeMs(clock.now()) / 1000) } };
  }

  async #sourceStatus(source: string): Promise<SourceStatus> {
    const { copy, states, exchange, clock } = this.parts;
    const { place, logOffset } = await copy.place(source);
    const tail = await exchange.tail(source);
    const last = Math.max(read(tail)?.sequence ?? 0, place.sequence);
    const [first] = last > place.sequence ? await exchange.read(source, logOffset, 1) : [];
    const now = clock.now();
    const lagSeconds = secondsSince(read(first)?.time, now);
    return { source, sequence: last, applied: place.sequence, lagSeconds, ...described(states.get(source), now) };
  }
}

function described({ quarantinedAt, sequence, reason, holeSince, gaps }: SourceState, now: number) {
  return {
    gaps,
    quarantined: quarantinedAt !== null,
    ...(quarantinedAt !== null && { quarantine: { sequence: sequence ?? 0, reason: reason ?? '' } }),
    waitingSeconds: holeSince === null ? 0 : Math.floor((now - holeSince) / 1000),
  };
}

const secondsSince = (time: string | undefined, now: number): number =>
  time === undefined ? 0 : Math.max(0, Math.floor((now - Date.parse(time)) / 1000));

function read(entry: LogEntry | null | undefined) {
  try {
    return entry ? readPlaced(entry.value) : null;
  } catch {
    return null;
  }
}
