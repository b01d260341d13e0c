import type { StoredEvent } from '#event-store';
import { decodeCursor, encodeCursor, toPage, type Page, type PageQuery } from '#platform';

/** A page of what happened to one thing, newest first. `line` is given all of its events, oldest first, to fold. */
export function historyPage<Line>(
  events: readonly StoredEvent[],
  { limit, cursor }: PageQuery,
  scope: string,
  line: (event: StoredEvent, all: readonly StoredEvent[]) => Line,
): Page<Line> {
  const before = cursor === undefined ? Infinity : Number(decodeCursor(scope, cursor, 1)[0]);
  const rows = events.filter(({ version }) => version < before).reverse();
  return toPage(
    rows,
    limit,
    (event) => line(event, events),
    (event) => encodeCursor(scope, [event.version]),
  );
}
