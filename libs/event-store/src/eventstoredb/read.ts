import {
  BACKWARDS,
  END,
  ErrorType,
  type EventStoreDBClient,
  type RecordedEvent,
  type StreamingRead,
} from '@eventstore/db-client';
import { persistently, typeOf } from './errors.ts';
import { isOwn } from './mapping.ts';
import { visitEach } from './visit.ts';

/** The events of one stream, by its name on the server; none where there is no stream. */
export function readStream(client: EventStoreDBClient, prefix: string, name: string): Promise<RecordedEvent[]> {
  return persistently(async () => {
    const events: RecordedEvent[] = [];
    await eachOf(client.readStream(name, { requiresLeader: true }), ({ event }) => {
      if (isOwn(prefix, event)) events.push(event);
      return false;
    });
    return events;
  });
}

/** 0 where there is no stream. */
export function lastVersion(client: EventStoreDBClient, name: string): Promise<number> {
  return persistently(async () => {
    let version = 0;
    const last = { direction: BACKWARDS, fromRevision: END, maxCount: 1, requiresLeader: true } as const;
    await eachOf(client.readStream(name, last), ({ event }) => {
      version = Number(event!.revision) + 1;
      return true;
    });
    return version;
  });
}

/** Until the visitor answers true, or there are no more. A stream that isn't there has none. */
export async function eachOf<E>(reading: StreamingRead<E>, visit: (event: E) => boolean): Promise<void> {
  try {
    await visitEach(reading, () => reading.cancel(), visit).done;
  } catch (error) {
    if (typeOf(error) !== ErrorType.STREAM_NOT_FOUND) throw error;
  }
}
