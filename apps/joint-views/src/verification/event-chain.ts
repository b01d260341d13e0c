import { readPlaced, ZERO_HASH, type PlacedEnvelope } from '#contracts';
import type { LogEntry } from '#exchange';
import type { Place } from '../intake/chain.ts';
import { checkSignature, type KnownKey } from '../intake/signing.ts';
import type { Skip } from '../intake/skip.ts';
import type { Finding, Reason } from './finding.ts';

const HASH_BYTES = 32;

/** What a source's chain is held against. */
export interface EventChainParts {
  source: string;
  /** The keys that the registry holds for it. */
  keys: readonly KnownKey[];
  /** The operator's decisions: what was passed over, with their word. */
  skips: readonly Pick<Skip, 'after' | 'place' | 'ignored'>[];
}

/**
 * One source's log, read from its first entry: each event follows the one before it, unchanged, and the last one is
 * signed. An event may come again, with the same bytes: relays send at least once.
 */
export class EventChain {
  place: Place = { sequence: 0, hash: ZERO_HASH };
  finding: Finding | null = null;
  #signed = 0;
  #hashes = Buffer.alloc(HASH_BYTES * 1024);
  readonly #ignored: ReadonlySet<number>;

  constructor(private readonly parts: EventChainParts) {
    this.#ignored = new Set(parts.skips.flatMap(({ ignored }) => ignored));
    this.#skip();
  }

  /** Takes the next entry of the log. The event, where it is the chain's next; null where it came before, or is wrong. */
  take({ value, offset }: LogEntry): PlacedEnvelope | null {
    if (this.finding || this.#ignored.has(offset)) return null;
    const event = read(value);
    if (!event) return this.#wrong('unreadable');
    if (event.source !== this.parts.source) return this.#wrong('wrong-source');
    return event.sequence <= this.place.sequence ? this.#again(event) : this.#next(event);
  }

  /** There is nothing more. `applied`: how far the views have applied it. */
  end(applied: Place): Finding | null {
    if (this.finding) return this.finding;
    if (this.#signed < this.place.sequence) this.#wrong('unsigned', this.#signed + 1);
    else if (this.place.sequence < applied.sequence) this.#wrong('missing');
    else this.isAsApplied(applied);
    return this.finding;
  }

  /** Holds an event that was applied against what stands here. */
  isAsApplied({ sequence, hash }: Place): void {
    const here = this.#hashAt(sequence);
    if (here !== null && here !== hash) this.#wrong('not-as-applied', sequence);
  }

  #next(event: PlacedEnvelope): PlacedEnvelope | null {
    if (event.sequence > this.place.sequence + 1) return this.#wrong('missing');
    if (event.previous !== this.place.hash) return this.#wrong('wrong-previous');
    if (event.signature !== undefined && !this.#isSigned(event)) return this.#wrong('wrong-signature');
    this.#move({ sequence: event.sequence, hash: event.hash });
    if (event.signature !== undefined) this.#signed = event.sequence;
    this.#skip();
    return event;
  }

  /** What was passed over has no hash here. */
  #again(event: PlacedEnvelope): null {
    const hash = this.#hashAt(event.sequence);
    if (hash === null) return null;
    if (hash !== event.hash) return this.#wrong('other-bytes', event.sequence);
    if (event.signature === undefined) return null;
    if (!this.#isSigned(event)) return this.#wrong('wrong-signature', event.sequence);
    this.#signed = Math.max(this.#signed, event.sequence);
    return null;
  }

  #isSigned(event: PlacedEnvelope): boolean {
    return checkSignature(event, this.parts.keys) === 'valid';
  }

  #skip(): void {
    const skip = this.parts.skips.find(({ after }) => after === this.place.sequence);
    if (!skip || skip.place.sequence <= this.place.sequence) return;
    this.#move(skip.place);
    this.#signed = skip.place.sequence;
    this.#skip();
  }

  #move(place: Place): void {
    this.place = place;
    const end = place.sequence * HASH_BYTES;
    if (end > this.#hashes.length) this.#hashes = Buffer.concat([this.#hashes], Math.max(end, this.#hashes.length * 2));
    this.#hashes.write(place.hash, end - HASH_BYTES, 'hex');
  }

  /** Null: before the first event, after the last one, or passed over. */
  #hashAt(sequence: number): string | null {
    if (sequence < 1 || sequence > this.place.sequence) return null;
    const hash = this.#hashes.toString('hex', (sequence - 1) * HASH_BYTES, sequence * HASH_BYTES);
    return hash === ZERO_HASH ? null : hash;
  }

  #wrong(reason: Reason, line = this.place.sequence + 1): null {
    // A changed event may show at the one after it, before it is held against what was applied.
    if (!this.finding || line < this.finding.line) this.finding = { chain: this.parts.source, line, reason };
    return null;
  }
}

function read(value: string): PlacedEnvelope | null {
  try {
    return readPlaced(value);
  } catch {
    return null;
  }
}
