import { draft, type AccessAttributes } from '#contracts';
import type { Append, NewEvent } from '#event-store';
import { copyRows, type Database } from '#sql';
import { Reports } from './data.ts';
import type { Random } from './random.ts';

const AT = '2026-01-01T00:00:00.000Z';
const RELEASED = 'accord.intelligence.report-released.v1';
const ACCESS: AccessAttributes = {
  ...{ category: 'intelligence', purposes: ['people-smuggling'], audience: ['AL', 'ME', 'MK', 'XK'], taskforce: true },
  ...{ registrysequence: 7, classification: 'OFFICIAL', handlingcodes: ['H0'], releasedat: AT, reviewby: '2099-01-01' },
};

/** A member's facts as its node stores them: a report that is submitted and released at once, each a stream. */
export class Facts {
  readonly #reports: Reports;

  constructor(private readonly random: Random) {
    this.#reports = new Reports(random, 'GB');
  }

  take(count: number): Append[] {
    return Array.from({ length: count }, () => this.#append());
  }

  /** Of `each` events: one submitted, the others released. */
  #append(): Append {
    const id = this.#reports.id();
    const sealed = this.#sealed();
    const released = draft({
      ...{ specversion: '1.0', id: this.#reports.id(), source: '/members/GB', type: RELEASED, subject: id, time: AT },
      ...{ dataschema: `urn:accord:schema:${RELEASED}`, datacontenttype: 'application/octet-stream', recordversion: 1 },
      ...{ access: ACCESS, data_base64: sealed },
    });
    const events = [
      this.#event('report-submitted.v1', { sealed, category: 'intelligence', classification: 'OFFICIAL' }),
      this.#event('report-released.v1', { audience: 'TASK_FORCE', by: 'user-1' }, released),
    ];
    return { stream: `report-${id}`, expected: 'no-stream', events };
  }

  #event(type: string, data: object, publish?: string): NewEvent {
    const meta = { actor: 'GB/publisher-1', at: AT };
    if (publish === undefined) return { id: this.#reports.id(), type, data, meta };
    return { id: (JSON.parse(publish) as { id: string }).id, type, data, meta, publish };
  }

  // As long as what is sealed, and as little to be compressed.
  #sealed(): string {
    const { length } = JSON.stringify(this.#reports.next());
    return this.random.bytes(length + 28).toString('base64');
  }
}

/** The same appends as the bytes of COPY into an event store's tables. */
export interface Copied {
  streams: Buffer;
  events: Buffer;
}

const STREAMS = 'streams (stream, version)';
const EVENTS = 'events (epoch, txid, stream, version, id, type, data, meta, publish)';

export function copied(appends: readonly Append[]): Copied {
  const streams = appends.map(({ stream, events }) => [stream, events.length]);
  const events = appends.flatMap(({ stream, events: some }) =>
    some.map(({ id, type, data, meta, publish }, n) => [1, 1, stream, n + 1, id, type, data, meta, publish]),
  );
  return { streams: Buffer.from([...copyRows(streams)].join('')), events: Buffer.from([...copyRows(events)].join('')) };
}

export async function copyInto(db: Database, schema: string, { streams, events }: Copied): Promise<void> {
  await db.transaction(async (sql) => {
    await sql.copy(`${schema}.${STREAMS}`, streams);
    await sql.copy(`${schema}.${EVENTS}`, events);
  });
}
