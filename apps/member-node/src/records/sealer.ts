import { draft, open, readEvent, schemaUri, seal, uuidv7, type Envelope } from '#contracts';
import type { EventMeta, NewEvent, StoredEvent } from '#event-store';
import type { Fact } from './fact.ts';
import type { Publication } from './release.ts';

export type Keys = ReadonlyMap<string, Uint8Array>;

const keyOf = (keys: Keys, record: string): Uint8Array => {
  const key = keys.get(record);
  if (!key) throw new Error(`No key for the record ${record}`);
  return key;
};

/** Turns facts into events and back: what is of a person is ciphertext in all that is stored or sent. */
export class Sealer {
  constructor(private readonly source: string) {}

  toEvent(fact: Fact, publication: Publication | null, keys: Keys, meta: EventMeta): NewEvent {
    const id = uuidv7(Date.parse(meta.at));
    const sealed = seal(keyOf(keys, fact.record), fact.record, id, JSON.stringify(fact.sealed));
    return {
      id,
      type: `${fact.type}.v1`,
      data: { ...fact.data, record: fact.record, sealed },
      meta,
      ...(publication && { publish: draft(this.envelope(id, publication, keys, meta)) }),
    };
  }

  /** The sealed part is empty where its key is gone. */
  toFact(event: StoredEvent, keys: Keys): Fact {
    const { record, sealed, ...data } = event.data as { record: string; sealed: string };
    const key = keys.get(record);
    const opened = key ? (JSON.parse(open(key, record, event.id, sealed)) as object) : {};
    return { type: event.type.replace(/\.v\d+$/, ''), record, data, sealed: opened };
  }

  private envelope(id: string, publication: Publication, keys: Keys, meta: EventMeta): Envelope {
    const { record, type, recordVersion, access, shield, content } = publication;
    const payload = shield === undefined ? undefined : { shield, ...(content && { content }) };
    // What its readers would refuse must not be stored: it could never be taken back.
    readEvent(type, payload);
    return {
      specversion: '1.0',
      id,
      source: this.source,
      type,
      subject: record,
      time: meta.at,
      dataschema: schemaUri(type),
      datacontenttype: 'application/octet-stream',
      ...(recordVersion !== undefined && { recordversion: recordVersion }),
      ...(access && { access }),
      ...(payload && { data_base64: seal(keyOf(keys, record), record, id, JSON.stringify(payload)) }),
    };
  }
}

/** The records whose keys a stream's events need. */
export const recordsIn = (events: readonly { data: object }[]): string[] => [
  ...new Set(events.map(({ data }) => (data as { record: string }).record)),
];
