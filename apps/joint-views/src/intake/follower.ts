import { readPlaced } from '#contracts';
import type { LogEntry } from '#exchange';
import { makeAnew } from './again.ts';
import { Chain, START, type Fault, type Held, type Place } from './chain.ts';
import type { Copy } from './copy.ts';
import type { Read, Reader, Refused } from './reader.ts';
import { isRefusedValue } from './refused-value.ts';
import { checkSignature, withdrawnAmong, type KnownKey } from './signing.ts';
import type { Skip } from './skip.ts';
import { memberOf, MEMBERS_SOURCE } from './sources.ts';

/** What a follower needs of the copy that it feeds. */
export interface FollowerParts {
  copy: Copy;
  reader: Reader;
  /** The keys that sign the registry's events. */
  registryKeys: readonly KnownKey[];
  /** The operator's decisions on this source. */
  skips(source: string): Promise<readonly Skip[]>;
  /** Told why events that were applied are of no use. */
  refused?(reasons: readonly string[]): void;
  /** Entries of the source's log. */
  read(source: string, from: number, limit: number): Promise<LogEntry[]>;
}

/** What a source may wait for: a missing sequence, a key that the registry may yet tell of, more of the registry, a signature. */
export const WAITS = ['hole', 'unknown-key', 'registry', 'signature'] as const;
export type Wait = (typeof WAITS)[number];

/** Events of one transaction, at most. */
const SLICE = 1000;
/** Entries that are read at once, where they are read again. */
const PAGE = 500;
/** Events beyond this many that can't be applied yet aren't kept, but read again when their time comes. */
const MOST_HELD = 100_000;

/** Follows one source for one copy: what it takes in is applied as far as it is verified. Not reentrant. */
export class Follower {
  #chain = new Chain(START);
  /** The first offset that wasn't taken yet. */
  next = 0;
  /** What was not kept: where it begins, and the place at which that was. */
  #beyond: { offset: number; since: number } | null = null;
  #keys: readonly KnownKey[] = [];
  #registryApplied = 0;
  /** The registry must be applied further before the next event may be. */
  registryMissing = false;

  constructor(
    readonly source: string,
    private readonly parts: FollowerParts,
  ) {}

  /** Starts, again too, from what the copy has applied. Answers the offset to go on from. */
  async open(): Promise<number> {
    const { place, logOffset } = await this.parts.copy.place(this.source);
    this.#chain = new Chain(place);
    this.next = logOffset;
    this.#beyond = null;
    this.registryMissing = false;
    return logOffset;
  }

  get place(): Place {
    return this.#chain.place;
  }

  /** Why nothing more can be applied, once all that was verified before is. */
  get fault(): Fault | null {
    return this.stalled ? null : this.#chain.fault;
  }

  /** It waits for what another source may bring. */
  get stalled(): boolean {
    return this.registryMissing || this.#chain.keyMissing;
  }

  get gaps(): { from: number; to: number }[] {
    return this.#chain.gaps();
  }

  get waiting(): boolean {
    return this.#chain.waiting > 0;
  }

  /** What the next event waits for. */
  get waitsFor(): Wait | null {
    if (this.registryMissing) return 'registry';
    if (this.#chain.keyMissing) return 'unknown-key';
    if (!this.waiting) return null;
    return this.#chain.has(this.place.sequence + 1) ? 'signature' : 'hole';
  }

  /** Takes entries of the log in. Those before `next` were taken already; what lies between is read. */
  async take(entries: readonly LogEntry[], until?: number): Promise<void> {
    const first = entries[0];
    if (first && first.offset > this.next) await this.readOn(until, first.offset);
    await this.#takeNext(entries, until);
    const end = (entries.at(-1)?.offset ?? -1) + 1;
    if (this.next < end) await this.readOn(until, end);
  }

  /** Applies what is held as far as it goes by now, and what the log has after it. */
  async goOn(): Promise<void> {
    await this.take([]);
    await this.readOn();
  }

  /** Records of which something can be read by now that could not be before, or is withdrawn. */
  async makeAnew(records: readonly string[]): Promise<void> {
    const { place } = await this.parts.copy.place(this.source);
    // Where another instance is ahead, it sees to this too.
    if (place.hash === this.place.hash) await makeAnew(this.parts, this.source, place, records);
  }

  /** Reads the log from `next` on, up to an offset or to its end. */
  async readOn(until?: number, end = Number.MAX_SAFE_INTEGER): Promise<void> {
    await this.#applyHeld(until);
    while (this.next < end && !this.#done(until)) {
      const read = await this.parts.read(this.source, this.next, PAGE);
      const entries = read.filter(({ offset }) => offset < end);
      // Offsets may have holes; sequences tell whether something is missing.
      if (entries.length === 0) this.next = read.length === 0 ? this.next : end;
      if (entries.length === 0) return;
      const before = this.next;
      await this.#takeNext(entries, until);
      if (this.next <= before) return;
    }
  }

  async #takeNext(entries: readonly LogEntry[], until?: number): Promise<void> {
    await this.#hold(entries.filter(({ offset }) => offset >= this.next));
    await this.#apply(until);
    const beyond = this.#beyond;
    if (beyond === null || this.place.sequence <= beyond.since || this.#chain.waiting > MOST_HELD / 2) return;
    this.next = beyond.offset;
    this.#beyond = null;
    await this.readOn(until);
  }

  /** What an earlier limit left is held, and isn't in the log from here on. */
  async #applyHeld(until: number | undefined): Promise<void> {
    if (this.waiting && !this.#done(until)) await this.#apply(until);
  }

  #done(until: number | undefined): boolean {
    return this.fault !== null || (until !== undefined && this.place.sequence >= until);
  }

  async #hold(entries: readonly LogEntry[]): Promise<void> {
    const ignored = new Set((await this.parts.skips(this.source)).flatMap((skip) => skip.ignored));
    const held = entries.map((entry) => (ignored.has(entry.offset) ? 'ignored' : this.#read(entry)));
    const known = await this.#hashesOf(held.filter((one) => one !== 'ignored' && one !== null));
    if (this.#chain.fault) return;
    for (const [n, one] of held.entries()) {
      if (one === null) this.#chain.fault = 'unreadable';
      else if (one !== 'ignored') this.#holdOne(one, known);
      // What is wrong stays the next one: the operator decides on it.
      if (this.#chain.fault) return;
      this.next = entries[n]!.offset + 1;
    }
  }

  /** Of those that were applied before. */
  async #hashesOf(held: readonly Held[]): Promise<ReadonlyMap<number, string>> {
    const old = held.map(({ envelope }) => envelope.sequence).filter((sequence) => sequence <= this.place.sequence);
    return old.length === 0 ? new Map() : this.parts.copy.hashes(this.source, old);
  }

  #read({ value, offset }: LogEntry): Held | null {
    try {
      return { envelope: readPlaced(value), offset };
    } catch {
      return null;
    }
  }

  #holdOne(held: Held, known: ReadonlyMap<number, string>): void {
    const { sequence, hash, source } = held.envelope;
    if (source !== this.source) this.#chain.fault = 'wrong-source';
    else if (sequence > this.place.sequence + MOST_HELD)
      this.#beyond ??= { offset: held.offset, since: this.place.sequence };
    else if (sequence > this.place.sequence) this.#chain.hold(held);
    // One that has no hash was passed over by the operator.
    else if ((known.get(sequence) ?? hash) !== hash) this.#chain.fault = 'other-bytes';
  }

  async #apply(until: number | undefined): Promise<void> {
    await this.#learnKeys();
    for (;;) {
      await this.#skip();
      this.#walk();
      const events = await this.#ready(this.#chain.verified(SLICE, until));
      if (events.length === 0) return;
      await this.#store(events);
    }
  }

  async #learnKeys(): Promise<void> {
    const member = memberOf(this.source);
    this.#keys = member === null ? this.parts.registryKeys : await this.parts.copy.signingKeys(member);
  }

  #walk(): void {
    this.#chain.walk((envelope) => checkSignature(envelope, this.#keys));
  }

  async #skip(): Promise<void> {
    const skip = (await this.parts.skips(this.source)).find(({ after }) => after === this.place.sequence);
    if (!skip) return;
    if (skip.place.sequence > this.place.sequence) await this.parts.copy.skip(skip, this.place);
    this.#chain.skipTo(skip.place.sequence > this.place.sequence ? skip.place : this.place);
  }

  /** Up to the first event whose audience was resolved from more of the registry than this copy has applied. */
  async #ready(events: Held[]): Promise<Held[]> {
    this.registryMissing = false;
    const needs = ({ envelope }: Held) => envelope.access?.registrysequence ?? 0;
    if (events.some((event) => needs(event) > this.#registryApplied)) {
      this.#registryApplied = (await this.parts.copy.place(MEMBERS_SOURCE)).place.sequence;
    }
    const stop = events.findIndex((event) => needs(event) > this.#registryApplied);
    this.registryMissing = stop >= 0;
    return stop < 0 ? events : events.slice(0, stop);
  }

  /** Where the database refuses a value, halves until the event is found that holds it: in its content, or outside. */
  async #store(events: readonly Held[], refused: Refused = null): Promise<void> {
    try {
      await this.#commit(events, refused);
    } catch (error) {
      if (!isRefusedValue(error) || refused === 'event') throw error;
      const middle = events.length >> 1;
      if (middle === 0) return this.#store(events, refused === null ? 'content' : 'event');
      await this.#store(events.slice(0, middle));
      await this.#store(events.slice(middle));
    }
  }

  async #commit(events: readonly Held[], refused: Refused): Promise<void> {
    const envelopes = events.map(({ envelope }) => envelope);
    const [signatures, keys] = [this.#chain.signaturesOf(events), this.#keys];
    const withdrawn = withdrawnAmong(envelopes, signatures, keys);
    const read = await this.parts.reader.read(this.source, envelopes, refused, withdrawn);
    const logOffset = this.#chain.resumeAt(
      Math.min(this.next, this.#beyond?.offset ?? this.next),
      envelopes.at(-1)!.sequence,
    );
    const slice = { source: this.source, from: this.place, events, signatures, keys, logOffset };
    await this.parts.copy.apply({ ...slice, ...read });
    this.#chain.applied(events);
    this.parts.refused?.(reasonsOf(read));
  }
}

const reasonsOf = ({ changes, poison }: Read): string[] =>
  [...changes, ...poison].flatMap((one) => ('reason' in one ? [one.reason] : []));
