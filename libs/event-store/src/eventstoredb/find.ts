import { BACKWARDS, END, type EventStoreDBClient } from '@eventstore/db-client';
import type { Position } from '../port.ts';
import { persistently } from './errors.ts';
import { isOwn, metadataOf } from './mapping.ts';
import { toPosition } from './position.ts';
import { eachOf } from './read.ts';
import { scan } from './scan.ts';

/** How many records of the log's end are looked through first, the server's own and those of other stores among them. */
const NEAR_END = 100_000;

/**
 * The place of an event. The server finds none by an id in its metadata, so its log is read: first the end, backwards,
 * because what is looked for (the topic's tail, what the own lists know) is mostly there; then, where others have
 * written much since, all events of the store from the first.
 */
export async function find(
  client: EventStoreDBClient,
  prefix: string,
  id: string,
  nearEnd = NEAR_END,
): Promise<Position | null> {
  const near = await findNearEnd(client, prefix, id, nearEnd);
  if (near.position !== null || near.wasAll) return near.position;
  const [found] = await scan(client, prefix, { after: null, limit: 1 }, (event) =>
    metadataOf(event).id === id ? toPosition(event.position) : undefined,
  );
  return found ?? null;
}

function findNearEnd(client: EventStoreDBClient, prefix: string, id: string, atMost: number) {
  return persistently(async () => {
    let seen = 0;
    let position: Position | null = null;
    const backwards = { direction: BACKWARDS, fromPosition: END, maxCount: atMost, requiresLeader: true } as const;
    await eachOf(client.readAll(backwards), ({ event }) => {
      seen++;
      if (isOwn(prefix, event) && metadataOf(event).id === id) position = toPosition(event.position);
      return position !== null;
    });
    return { position: position as Position | null, wasAll: seen < atMost };
  });
}
