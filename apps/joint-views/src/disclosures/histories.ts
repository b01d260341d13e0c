import type { PlacedEnvelope } from '#contracts';
import type { Exchange } from '#exchange';
import { saidOf } from '../intake/again.ts';
import type { Copy } from '../intake/copy.ts';
import type { Reader } from '../intake/reader.ts';
import { readRegistryEvent } from '../intake/registry-content.ts';
import { skippedChanges } from '../intake/skip.ts';
import { AGREEMENTS_SOURCE, MEMBERS_SOURCE, sourceOf } from '../intake/sources.ts';
import type { States } from '../intake/states.ts';
import {
  agreementsTimeline,
  membersTimeline,
  recordTimeline,
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

/** What was, from the events on the exchange that the views have applied: they themselves hold only what is. */
export class Histories {
  constructor(private readonly parts: HistoryParts) {}

  /** Of a member's records, each by its own id. One reading of the source, however many are asked for. */
  async ofRecords(originator: string, records: ReadonlySet<string>): Promise<Map<string, RecordTimeline>> {
    const source = sourceOf(originator);
    const events = await this.#applied(source, records);
    const { changes } = await this.parts.reader.read(source, events, null);
    const skipped = this.parts.states.skips(source).flatMap((skip) => skippedChanges(skip, [...records]));
    const about = Map.groupBy(
      [...changes, ...skipped].filter(({ record }) => records.has(record)),
      ({ record }) => record,
    );
    for (const said of about.values()) said.sort((a, b) => a.sequence - b.sequence);
    return new Map([...about].map(([record, said]) => [record, recordTimeline(originator, said)]));
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
