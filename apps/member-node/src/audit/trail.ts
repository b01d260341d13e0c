import { isUuid } from '#contracts';
import type { EventStore, StoredEvent } from '#event-store';
import { quoteIdent, type Database } from '#sql';
import type { Consultation, Consultations } from './consultations.ts';

/** LED Art. 25's words for what is done with data; combination is the joint views' to log. */
export type Operation = 'collection' | 'consultation' | 'alteration' | 'disclosure' | 'erasure';

/** What was done with a record, by whom and when: nothing of its content. */
export interface TrailItem {
  /** The event's. */
  id: string;
  record: string;
  at: string;
  /** The user; `node` where its rules did it by themselves. */
  by: string;
  operation: Operation;
  /** Such as `report-released`. */
  event: string;
  /** The integration event by which others were told of it. */
  released?: string;
}

const ENDINGS: [RegExp, Operation][] = [
  [/-(released|backfilled)$/, 'disclosure'],
  [/-erased$/, 'erasure'],
  [/-(submitted|planned|made|approved)$/, 'collection'],
];
const BATCH = 500;
const TYPE = /"type":"([^"]*)"/;

export interface TrailParts {
  store: EventStore;
  db: Database;
  schema: string;
  /** Prefixes of the records' streams. */
  kinds: readonly string[];
  consultations: Consultations;
}

/** The member's own events as its auditor may read them, oldest first: the store promises no other order. */
export class Trail {
  constructor(private readonly parts: TrailParts) {}

  /** One more than `limit`, where there is one. `after`: an event's id. Null: there is no such event. */
  async all(after: string | null, limit: number): Promise<TrailItem[] | null> {
    const items: TrailItem[] = [];
    let position = after === null ? null : await this.parts.store.find(after);
    if (after !== null && position === null) return null;
    for (;;) {
      const events = await this.parts.store.readAll(position, BATCH);
      items.push(...events.filter(isOfRecord).map(itemOf));
      if (items.length > limit || events.length < BATCH) return items.slice(0, limit + 1);
      position = events.at(-1)!.position;
    }
  }

  /** All of one record: it may share its stream with another, as a tear line does. */
  async of(record: string): Promise<TrailItem[]> {
    const rows = await this.parts.db.query<{ record: string }>(
      `select record from ${quoteIdent(this.parts.schema)}.own_records
       where record = $1::uuid or satellites @> array[$1::uuid]`,
      [record],
    );
    const streams = rows.flatMap((row) => this.parts.kinds.map((kind) => `${kind}-${row.record}`));
    const events = [...(await this.parts.store.readStreams(streams)).values()].flat();
    const done = events.filter((event) => isOfRecord(event) && recordOf(event) === record).map(itemOf);
    const read = (await this.parts.consultations.of(record)).map((line) => readItem(line, record));
    return [...done, ...read];
  }

  /** What the member's own users were served, oldest first: at most `limit` lines after a number, or from a time on. */
  async consulted(after: number | Date, limit: number): Promise<Consultation[]> {
    const { consultations } = this.parts;
    return consultations.after(after instanceof Date ? await consultations.lastBefore(after) : after, limit);
  }
}

const recordOf = ({ data }: StoredEvent): unknown => (data as { record?: unknown }).record;

/** Reservations of idempotency keys are of none. */
const isOfRecord = (event: StoredEvent): boolean => {
  const record = recordOf(event);
  return typeof record === 'string' && isUuid(record);
};

const readItem = ({ id, at, actor: by, event }: Consultation, record: string): TrailItem => {
  return { id, record, at, by, operation: 'consultation', event };
};

const itemOf = (event: StoredEvent): TrailItem => {
  const name = event.type.replace(/\.v\d+$/, '');
  const released = event.publish === undefined ? undefined : TYPE.exec(event.publish)?.[1];
  return {
    id: event.id,
    record: recordOf(event) as string,
    at: event.meta.at,
    by: event.meta.actor,
    operation: ENDINGS.find(([ending]) => ending.test(name))?.[1] ?? 'alteration',
    event: name,
    ...(released !== undefined && { released }),
  };
};
