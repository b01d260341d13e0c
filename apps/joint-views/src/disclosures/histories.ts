import type { PlacedEnvelope } from '#contracts';
import type { Exchange } from '#exchange';
import { readAnew, saidOf, withdrawnOf } from '../intake/again.ts';
import type { Copy } from '../intake/copy.ts';
import type { Reader } from '../intake/reader.ts';
import { readRegistryEvent } from '../intake/registry-content.ts';
import { AGREEMENTS_SOURCE, MEMBERS_SOURCE, sourceOf } from '../intake/sources.ts';
import type { States } from '../intake/states.ts';
import {
  agreementsTimeline,
  membersTimeline,
  recordTimeline,
  revocationsOf,
  type RecordHistory,
  type RecordTimeline,
  type RegistryFact,
  type RegistryTimeline,
} from './timeline.ts';

export interface HistoryParts {
  copy: Copy;
  reader: Reader;
  states: States;
  exchange: Exchange;
}

const ALL = { has: () => true };
/** Before anything that the registry says. */
const AT_FIRST = { sequence: 0, at: -Infinity };

/** What was, from the events on the exchange that the views have applied: they themselves hold only what is. */
export class Histories {
  constructor(private readonly parts: HistoryParts) {}

  /**
   * Of a member's records, each by its own id. One reading of the source, however many are asked for. What a key signed
   * that was revoked counts until the registry says so, and from then on as it does in the views (ADR 15).
   */
  async ofRecords(
    originator: string,
    records: ReadonlySet<string>,
    { members }: Pick<RegistryTimeline, 'members'>,
  ): Promise<Map<string, RecordHistory>> {
    const events = await this.#applied(sourceOf(originator), records);
    const told = await this.#told(originator, events, records, new Set());
    const histories = new Map([...told].map(([record, state]) => [record, [{ ...AT_FIRST, state }]]));
    for (const { sequence, at, state: keys } of revocationsOf(members, originator)) {
      const withdrawn = await withdrawnOf(this.parts.copy, sourceOf(originator), events, keys);
      const some = new Set(events.filter((event) => withdrawn.has(event.sequence)).map(({ subject }) => subject));
      const anew = await this.#told(originator, events, some, withdrawn);
      for (const [record, state] of anew) histories.get(record)?.push({ sequence, at, state });
    }
    return histories;
  }

  async #told(
    originator: string,
    events: readonly PlacedEnvelope[],
    records: ReadonlySet<string>,
    withdrawn: ReadonlySet<number>,
  ): Promise<Map<string, RecordTimeline>> {
    if (records.size === 0) return new Map();
    const source = sourceOf(originator);
    const about = events.filter(({ subject }) => records.has(subject));
    const said = { events: about, skips: this.parts.states.skips(source), withdrawn };
    const changes = await readAnew(this.parts.reader, source, said, records);
    const each = Map.groupBy(changes, ({ record }) => record);
    return new Map([...each].map(([record, some]) => [record, recordTimeline(originator, some)]));
  }

  async registry(): Promise<RegistryTimeline> {
    return {
      members: membersTimeline(await this.#facts(MEMBERS_SOURCE)),
      agreements: agreementsTimeline(await this.#facts(AGREEMENTS_SOURCE)),
    };
  }

  async #facts(source: string): Promise<RegistryFact[]> {
    return (await this.#applied(source, ALL)).flatMap((event) => {
      const read = readRegistryEvent(event);
      return typeof read === 'string' ? [] : [{ ...read, sequence: event.sequence, at: Date.parse(event.time) }];
    });
  }

  async #applied(source: string, records: { has(record: string): boolean }): Promise<PlacedEnvelope[]> {
    const { copy, exchange } = this.parts;
    const { place } = await copy.place(source);
    const read = (of: string, from: number, limit: number) => exchange.read(of, from, limit);
    return saidOf({ copy, read }, source, place, records);
  }
}
