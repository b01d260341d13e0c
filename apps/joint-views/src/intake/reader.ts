import type { PlacedEnvelope } from '#contracts';
import type { Change } from '../records/record.ts';
import type { View } from '../records/view.ts';
import type { RegistryEvent } from '../registry/registry.projection.ts';
import { changesOf, ERASED_TYPE, type Kinds } from './changes.ts';
import { kindsOf } from './kinds.ts';
import { readRegistryEvent } from './registry-content.ts';
import { memberOf } from './sources.ts';

/** What a slice of events says, as far as it could be read. */
export interface Read {
  changes: Change[];
  registry: RegistryEvent[];
  poison: { sequence: number; reason: string }[];
}

/** What of these events the database would not store. */
export type Refused = 'content' | 'event' | null;

/** Where the records' keys are. */
export interface Keys {
  find(member: string, records: readonly string[]): Promise<ReadonlyMap<string, Uint8Array>>;
}

/** Turns verified events into what they change: opened, checked against the catalogue, upcast, projected. */
export class Reader {
  readonly #kinds: Kinds;

  constructor(
    private readonly keys: Keys,
    views: readonly View[],
  ) {
    this.#kinds = kindsOf(views);
  }

  /** `withdrawn`: the sequences of those that a revoked key has signed. */
  async read(
    source: string,
    events: readonly PlacedEnvelope[],
    refused: Refused,
    withdrawn: ReadonlySet<number> = new Set(),
  ): Promise<Read> {
    const member = memberOf(source);
    if (member === null) return this.#registry(events, refused);
    const sealed = events.filter(({ data_base64 }) => data_base64 !== undefined).map(({ subject }) => subject);
    const keys = await this.keys.find(member, [...new Set(sealed)]);
    const erased = new Set<string>();
    const changes = events.flatMap((event) => {
      // A key is destroyed where its record is erased: no event after that one may be read, in this slice or another.
      const key = erased.has(event.subject) ? undefined : keys.get(event.subject);
      const isWithdrawn = withdrawn.has(event.sequence);
      if (event.type === ERASED_TYPE && !isWithdrawn) erased.add(event.subject);
      return changesOf(event, { originator: member, key, kinds: this.#kinds, refused, isWithdrawn });
    });
    return { changes, registry: [], poison: [] };
  }

  #registry(events: readonly PlacedEnvelope[], refused: Refused): Read {
    const read: Read = { changes: [], registry: [], poison: [] };
    for (const event of events) {
      const { sequence } = event;
      const what = refused !== null ? 'not-storable' : readRegistryEvent(event);
      if (typeof what === 'string') read.poison.push({ sequence, reason: what });
      else read.registry.push(what);
    }
    return read;
  }
}
