import { ZERO_HASH, type PlacedEnvelope } from '#contracts';

/** Where a source stands: the last event taken as applied. */
export interface Place {
  sequence: number;
  hash: string;
}

/** An event that came, with the offset at which it is first found in the source's log. */
export interface Held {
  envelope: PlacedEnvelope;
  offset: number;
}

/** Why a source can't be followed further. Stable words, without content. */
export const FAULTS = [
  'unreadable',
  'wrong-source',
  'other-bytes',
  'wrong-previous',
  'wrong-signature',
  'too-long-unsigned',
] as const;
export type Fault = (typeof FAULTS)[number];

/** `unknown`: the registry may yet tell of this key. */
export type SignatureCheck = 'valid' | 'wrong' | 'unknown';

export const START: Place = { sequence: 0, hash: ZERO_HASH };

/** More than this without a signature is no relay's batch. */
const LONGEST_UNSIGNED = 50_000;

/**
 * The order of one source, as far as it can be told from what came: holds events until one is signed, so that what
 * `verified` answers is what the source's owner said, all of it and in its order. Pure: keys are asked of `check`.
 */
export class Chain {
  readonly #held = new Map<number, Held>();
  /** Checked against the event before it, on from `place`. */
  #walked: Place;
  #signed: number;
  fault: Fault | null = null;
  /** A signature could not be checked yet, for want of its key. */
  keyMissing = false;

  constructor(public place: Place) {
    this.#walked = place;
    this.#signed = place.sequence;
  }

  /** Takes an event in. One that came before at this sequence must have had the same bytes. */
  hold(held: Held): void {
    const { sequence, hash } = held.envelope;
    const known = this.#held.get(sequence);
    if (known && known.envelope.hash !== hash) this.fault ??= 'other-bytes';
    else if (!known) this.#held.set(sequence, held);
    // Sent again with another end of its batch.
    else if (!known.envelope.signature && held.envelope.signature) {
      this.#held.set(sequence, { envelope: held.envelope, offset: known.offset });
      if (sequence <= this.#walked.sequence) this.#walked = this.place;
    }
  }

  has(sequence: number): boolean {
    return this.#held.has(sequence);
  }

  /** Follows the hashes as far as they go, and checks each signature on the way. */
  walk(check: (envelope: PlacedEnvelope) => SignatureCheck): void {
    this.keyMissing = false;
    for (let held = this.#next(); held && !this.keyMissing; held = this.#next()) {
      const fault = this.#step(held.envelope, check);
      if (fault) {
        this.fault = fault;
        return;
      }
    }
    if (this.#walked.sequence - this.#signed > LONGEST_UNSIGNED) this.fault ??= 'too-long-unsigned';
  }

  #next(): Held | undefined {
    return this.#held.get(this.#walked.sequence + 1);
  }

  #step(envelope: PlacedEnvelope, check: (envelope: PlacedEnvelope) => SignatureCheck): Fault | null {
    if (envelope.previous !== this.#walked.hash) return 'wrong-previous';
    const signature = envelope.signature === undefined ? null : check(envelope);
    if (signature === 'wrong') return 'wrong-signature';
    this.keyMissing = signature === 'unknown';
    if (this.keyMissing) return null;
    this.#walked = { sequence: envelope.sequence, hash: envelope.hash };
    if (signature === 'valid') this.#signed = envelope.sequence;
    return null;
  }

  /** At most `limit` verified events, none after the sequence `until`. */
  verified(limit: number, until = Number.MAX_SAFE_INTEGER): Held[] {
    const last = Math.min(this.#signed, until, this.place.sequence + limit);
    const events: Held[] = [];
    for (let sequence = this.place.sequence + 1; sequence <= last; sequence += 1)
      events.push(this.#held.get(sequence)!);
    return events;
  }

  /** These were applied. */
  applied(events: readonly Held[]): void {
    for (const { envelope } of events) {
      this.#held.delete(envelope.sequence);
      this.place = { sequence: envelope.sequence, hash: envelope.hash };
    }
    if (this.#walked.sequence < this.place.sequence) this.#walked = this.place;
  }

  /** Events that wait, for whatever. */
  get waiting(): number {
    return this.#held.size;
  }

  /** Where to read on after a restart once all up to a sequence is applied: nothing that waits may be lost. */
  resumeAt(next: number, sequence: number): number {
    let first = next;
    for (const { envelope, offset } of this.#held.values()) {
      if (envelope.sequence > sequence && offset < first) first = offset;
    }
    return first;
  }

  /** The operator's word: all up to this place is taken as applied. */
  skipTo(place: Place): void {
    for (const sequence of this.#held.keys()) if (sequence <= place.sequence) this.#held.delete(sequence);
    this.place = place;
    this.#walked = place;
    this.#signed = place.sequence;
    this.fault = null;
  }

  /** Sequences that have not come although later ones have. */
  gaps(): { from: number; to: number }[] {
    const gaps: { from: number; to: number }[] = [];
    let expected = this.place.sequence + 1;
    for (const sequence of [...this.#held.keys()].sort((a, b) => a - b)) {
      if (sequence > expected) gaps.push({ from: expected, to: sequence - 1 });
      expected = sequence + 1;
    }
    return gaps;
  }
}
