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

/** The end of what was signed together, and whose key it was signed with. */
export interface Signature {
  sequence: number;
  keyid: string;
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
  /** The last that came signed: before it another end of a batch changes nothing any more. */
  #settled: number;
  /** Of what is signed and not applied yet: its ends, in order. */
  #signatures: Signature[] = [];
  fault: Fault | null = null;
  /** A signature could not be checked yet, for want of its key. */
  keyMissing = false;

  constructor(public place: Place) {
    this.#walked = place;
    this.#signed = place.sequence;
    this.#settled = place.sequence;
  }

  /**
   * Takes an event in. One that came before at this sequence must have had the same bytes. Where what was signed together
   * ends depends on the order in which they come, and on nothing else: neither on how many at once, nor on the keys, nor on
   * what was applied when this began.
   */
  hold(held: Held): void {
    const { sequence, hash } = held.envelope;
    const known = this.#held.get(sequence);
    if (known && known.envelope.hash !== hash) this.fault ??= 'other-bytes';
    else if (!known) this.#held.set(sequence, held);
    else this.#endAt(known, held.envelope);
    if (held.envelope.signature !== undefined) this.#settled = Math.max(this.#settled, sequence);
  }

  /** Sent again with another end of its batch: what isn't settled yet is walked again. */
  #endAt({ envelope: { signature }, offset }: Held, envelope: PlacedEnvelope): void {
    const { sequence } = envelope;
    if (signature || !envelope.signature || sequence <= this.#settled) return;
    this.#held.set(sequence, { envelope, offset });
    if (sequence <= this.#walked.sequence) this.#walked = this.place;
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
    if (signature === 'valid') this.#sign(envelope);
    return null;
  }

  #sign({ sequence, keyid }: PlacedEnvelope): void {
    if (sequence <= this.#signed) return;
    this.#signed = sequence;
    this.#signatures.push({ sequence, keyid: keyid! });
  }

  /** The ends of what these, which are verified, were signed in. */
  signaturesOf(events: readonly Held[]): Signature[] {
    const last = events.at(-1)?.envelope.sequence ?? 0;
    const end = this.#signatures.findIndex(({ sequence }) => sequence >= last);
    return this.#signatures.slice(0, end + 1);
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
    this.#signatures = this.#signatures.filter(({ sequence }) => sequence > this.place.sequence);
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
    this.#signatures = [];
    this.#settled = Math.max(this.#settled, place.sequence);
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
