import { createHash } from 'node:crypto';
import { InvalidRequest } from '#contracts';

export const DEFAULT_LIMIT = 50;
export const MAX_LIMIT = 500;

export interface Page<Item> {
  items: Item[];
  next: string | null;
}

const badCursor = () =>
  new InvalidRequest([
    { path: '/cursor', rule: 'cursor', message: 'The cursor is not one that this list gave for these filters.' },
  ]);

const tag = (scope: string): string => createHash('sha256').update(scope).digest('base64url').slice(0, 8);

/**
 * A cursor holds the sort values of the last item that the caller was shown, and nothing else; `scope` (endpoint and
 * filters) keeps it from being used elsewhere.
 */
export const encodeCursor = (scope: string, values: readonly (string | number)[]): string =>
  Buffer.from(JSON.stringify([tag(scope), ...values])).toString('base64url');

/** The values of a cursor of this scope, `count` of them. Throws InvalidRequest at /cursor. */
export const decodeCursor = (scope: string, cursor: string, count: number): (string | number)[] => {
  let parsed: unknown;
  try {
    parsed = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    throw badCursor();
  }
  if (!Array.isArray(parsed) || parsed.length !== count + 1 || parsed[0] !== tag(scope)) throw badCursor();
  const values: unknown[] = parsed.slice(1);
  if (!values.every((value) => typeof value === 'string' || typeof value === 'number')) throw badCursor();
  return values as (string | number)[];
};

/** Makes a page of rows fetched with one more than `limit`. */
export const toPage = <Row, Item>(
  rows: readonly Row[],
  limit: number,
  item: (row: Row) => Item,
  cursor: (row: Row) => string,
): Page<Item> => {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return { items: shown.map(item), next: rows.length > limit && last !== undefined ? cursor(last) : null };
};
