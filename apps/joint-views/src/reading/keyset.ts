import { InvalidRequest, isInstant, isUuid, parseEntityId } from '#contracts';
import { decodeCursor, encodeCursor, toPage, type Page } from '#platform';

/** Where a page ended: the sort values of its last item, as the database wrote them. */
export interface Keyset {
  /** RFC 3339, UTC, microseconds. */
  stamp: string;
  id: string;
}

export interface PageAsked {
  limit: number;
  after: Keyset | null;
}

/** What every row of a list has, whatever else. */
export type ListRow = Keyset;

const STAMP = /\.\d{6}Z$/;

/** A timestamptz column as a Keyset's stamp: exact, and whatever the session's settings. */
export const stampOf = (column: string): string =>
  `to_char(timezone('UTC', ${column}), 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as stamp`;

/** One endpoint with one set of filters: what a cursor is good for. */
export const scopeOf = (route: string, filters: object): string => {
  const given = Object.entries(filters).filter(([, value]) => value !== undefined);
  return JSON.stringify([route, ...given.sort(([a], [b]) => (a < b ? -1 : 1))]);
};

/** Whose ids a list is sorted by. */
const ID_FORMS = { record: isUuid, entity: (id: string) => parseEntityId(id) !== null };

/**
 * Reads `?limit=` and `?cursor=`. Throws InvalidRequest at /cursor for one that this list didn't give: what is wrong in a
 * cursor must not reach the database, which would call it a fault.
 */
export const readPage = (
  scope: string,
  query: { limit: number; cursor?: string },
  ids: keyof typeof ID_FORMS = 'record',
): PageAsked => {
  if (query.cursor === undefined) return { limit: query.limit, after: null };
  const [stamp, id] = decodeCursor(scope, query.cursor, 2);
  if (!isStamp(stamp) || typeof id !== 'string' || !ID_FORMS[ids](id)) {
    const message = 'The cursor is not one that this list gave for these filters.';
    throw new InvalidRequest([{ path: '/cursor', rule: 'cursor', message }]);
  }
  return { limit: query.limit, after: { stamp, id } };
};

/** The page of rows that were fetched with one more than asked. */
export const pageOf = <Row extends ListRow, Item>(
  scope: string,
  asked: PageAsked,
  rows: readonly Row[],
  item: (row: Row) => Item,
): Page<Item> => toPage(rows, asked.limit, item, (row) => encodeCursor(scope, [row.stamp, row.id]));

const isStamp = (value: unknown): value is string => typeof value === 'string' && STAMP.test(value) && isInstant(value);
