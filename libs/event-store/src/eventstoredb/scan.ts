import {
  ErrorType,
  START,
  streamNameFilter,
  type AllStreamRecordedEvent,
  type AllStreamResolvedEvent,
  type AllStreamSubscription,
  type EventStoreDBClient,
} from '@eventstore/db-client';
import type { Position } from '../port.ts';
import { persistently } from './errors.ts';
import { isOwn } from './mapping.ts';
import { isAfter, toLogPosition } from './position.ts';
import { visitEach } from './visit.ts';

/** How many records the server looks through at a time. */
const WINDOW = 500;
/** A server that says nothing for so long is away. */
const SILENCE = 30_000;

/** The server gives only the events of streams that are called by the prefix. */
export function filterOf(prefix: string, checkpointReached?: () => void) {
  return streamNameFilter({
    prefixes: [prefix],
    maxSearchWindow: WINDOW,
    ...(checkpointReached && { checkpointReached }),
  });
}

/**
 * Up to `limit` of the events after a position that are wanted, in the order of the log, up to its present end. A read
 * of all takes no filter in this client, and a subscription does: so it is one, up to the server's word that it has
 * caught up (which servers say from 23.10 on).
 */
export function scan<T>(
  client: EventStoreDBClient,
  prefix: string,
  { after, limit }: { after: Position | null; limit: number },
  want: (event: AllStreamRecordedEvent) => T | undefined,
): Promise<T[]> {
  const from = after === null ? null : toLogPosition(after);
  if (limit <= 0) return Promise.resolve([]);
  return persistently(async () => {
    const wanted: T[] = [];
    await untilCaughtUp(
      (checkpointReached) =>
        client.subscribeToAll({
          fromPosition: from ?? START,
          filter: filterOf(prefix, checkpointReached),
          requiresLeader: true,
        }),
      (event) => {
        if (!isOwn(prefix, event) || (from && !isAfter(event.position, from))) return false;
        const found = want(event);
        if (found !== undefined) wanted.push(found);
        return wanted.length >= limit;
      },
    );
    return wanted;
  });
}

/** Hands over events until the visitor answers true, or until the subscription has given all that there was. */
async function untilCaughtUp(
  subscribe: (alive: () => void) => AllStreamSubscription,
  visit: (event: AllStreamRecordedEvent) => boolean,
): Promise<void> {
  const silence = setTimeout(() => end(cutOff('said nothing for too long')), SILENCE);
  let isOver = false;
  // A timer that was cleared would run again.
  const alive = () => void (isOver || silence.refresh());
  const subscription = subscribe(alive);
  const { done, end } = visitEach<AllStreamResolvedEvent>(
    subscription,
    () => subscription.unsubscribe(),
    ({ event }) => {
      alive();
      return event !== undefined && visit(event);
    },
  );
  // Told before the events that came ahead of it have been handed over.
  const caughtUp = () => void setImmediate(() => (subscription.readableLength > 0 ? caughtUp() : end()));
  subscription.on('caughtUp', caughtUp);
  subscription.prependListener('end', () => end(cutOff('ended the subscription')));
  await done.finally(() => {
    isOver = true;
    clearTimeout(silence);
  });
}

function cutOff(what: string): Error {
  return Object.assign(new Error(`The server ${what}`), { type: ErrorType.UNAVAILABLE });
}
