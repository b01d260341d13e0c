import { decodeCursor, encodeCursor, toPage, type Page, type PageQuery } from '#platform';
import type { Entry } from '../aggregate/roll.ts';

/** A page of entries that are sorted newest first. The cursor names the last one shown, so that new ones shift nothing. */
export function pageOf<State, Item>(
  entries: readonly Entry<State>[],
  { limit, cursor }: PageQuery,
  scope: string,
  item: (entry: Entry<State>) => Item,
): Page<Item> {
  const after = cursor === undefined ? null : decodeCursor(scope, cursor, 2);
  const rest = after === null ? entries : entries.filter((entry) => isAfter(entry, String(after[0]), String(after[1])));
  return toPage(rest, limit, item, (entry) => encodeCursor(scope, [entry.updatedAt, entry.id]));
}

function isAfter(entry: Entry<unknown>, updatedAt: string, id: string): boolean {
  return entry.updatedAt === updatedAt ? entry.id < id : entry.updatedAt < updatedAt;
}
