import { randomUUID } from 'node:crypto';
import type { JSONEventData, JSONType, RecordedEvent } from '@eventstore/db-client';
import type { EventMeta, NewEvent, StoredEvent } from '../port.ts';
import { toPosition } from './position.ts';
import { toVersion } from './revision.ts';

/** What the server keeps beside an event's data. */
interface Metadata {
  /** The event's own id: the server's is another (see `toEventData`). */
  id: string;
  meta: EventMeta;
  publish?: string;
}

/**
 * An event as the server stores it, under a new id each time that it is given to the store. The server takes an append
 * whose ids it finds where they would go for a repetition, and calls that a success, whatever the data. Ids that follow
 * from a key (as of a reservation) would let a second caller believe that it came first. With an id for each call, only
 * the adapter's own repetition of a call is one.
 */
export function toEventData({ id, type, data, meta, publish }: NewEvent): JSONEventData {
  const metadata: Metadata = publish === undefined ? { id, meta } : { id, meta, publish };
  return { id: randomUUID(), contentType: 'application/json', type, data: data as JSONType, metadata: { ...metadata } };
}

/** `prefix` is what the store's streams are called by on the server. */
export function toStoredEvent(prefix: string, recorded: RecordedEvent): StoredEvent {
  const { id, meta, publish } = metadataOf(recorded);
  const event = {
    id,
    type: recorded.type,
    data: recorded.data as object,
    meta,
    stream: recorded.streamId.slice(prefix.length),
    version: toVersion(recorded.revision),
    position: toPosition(recorded.position),
  };
  return publish === undefined ? event : { ...event, publish };
}

/** Whether it is an event of these streams, and none of the server's own (such as what ends a deleted stream). */
export function isOwn(prefix: string, recorded: RecordedEvent | undefined): recorded is RecordedEvent {
  return recorded !== undefined && recorded.streamId.startsWith(prefix) && !recorded.type.startsWith('$');
}

/** Throws where something else wrote to the streams: to go on would hide it. */
export function metadataOf({ id, streamId, isJson, metadata }: RecordedEvent): Metadata {
  const found = metadata as Partial<Metadata> | undefined;
  if (!isJson || typeof found?.id !== 'string' || typeof found.meta !== 'object') {
    throw new Error(`Event ${id} in stream ${streamId} was not written by this event store`);
  }
  return found as Metadata;
}
