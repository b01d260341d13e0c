import {
  BACKWARDS,
  END,
  ErrorType,
  type EventStoreDBClient,
  type RecordedEvent,
  type StreamingRead,
} from '@eventstore/db-client';
import type { Position } from '../port.ts';
import { persistently, typeOf } from './errors.ts';
import { isOwn, metadataOf } from './mapping.ts';
import { toPosition } from './position.ts';
import { visitEach } from './visit.ts';

/** How many records `find` reads, at most, the server's own and those of other stores among them. */
const FIND_AT_MOST = 1_000_000;

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

/**
 * The place of an event. The server finds none by an id in its metadata, so its log is read backwards: what is looked
 * for (the topic's tail, what the own lists know) is near the end. Throws where it isn't met among the last million
 * records, rather than to say that it isn't there.
 */
export function findBackwards(
  client: EventStoreDBClient,
  prefix: string,
  id: string,
  atMost = FIND_AT_MOST,
): Promise<Position | null> {
  return persistently(async () => {
    let seen = 0;
    let found: Position | null = null;
    const backwards = { direction: BACKWARDS, fromPosition: END, maxCount: atMost, requiresLeader: true } as const;
    await eachOf(client.readAll(backwards), ({ event }) => {
      seen++;
      if (isOwn(prefix, event) && metadataOf(event).id === id) found = toPosition(event.position);
      return found !== null;
    });
    if (found === null && seen === atMost) throw new Error(`Event ${id} is not among the last ${atMost} of the server`);
    return found;
  });
}

/** Until the visitor answers true, or there are no more. A stream that isn't there has none. */
async function eachOf<E>(reading: StreamingRead<E>, visit: (event: E) => boolean): Promise<void> {
  try {
    await visitEach(reading, () => reading.cancel(), visit).done;
  } catch (error) {
    if (typeOf(error) !== ErrorType.STREAM_NOT_FOUND) throw error;
  }
}
