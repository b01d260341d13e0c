import type { Sql } from '#sql';
import type { EventMeta, Position, PublishedEvent, StoredEvent } from '../port.ts';
import { toPlace, toPosition, type Place } from './position.ts';

interface EventRow extends Place {
  stream: string;
  version: number;
  id: string;
  type: string;
  data: object;
  meta: EventMeta;
  publish: string | null;
}

const COLUMNS = 'stream, version, id, type, data, meta, publish, epoch, txid, position';
const AFTER = '(epoch, txid, position) > ($1::int, $2::bigint, $3::bigint)';

/**
 * What no transaction still under way can come before: none has a `txid` below the oldest id under way. Earlier epochs
 * are settled as a whole. Wrapped, so that each is worked out once and not for every row.
 */
const settled = (schema: string) =>
  `(epoch < (select max(epoch) from ${schema}.epochs)
    or txid < (select pg_snapshot_xmin(pg_current_snapshot())::text::bigint))`;

export async function readStreams(sql: Sql, schema: string, streams: readonly string[]): Promise<StoredEvent[]> {
  const text = `select ${COLUMNS} from ${schema}.events where stream = any($1::text[]) order by stream, version`;
  return (await sql.query<EventRow>(text, [streams])).map(toEvent);
}

export async function readAll(sql: Sql, schema: string, after: Position | null, limit: number): Promise<StoredEvent[]> {
  const text = `select ${COLUMNS} from ${schema}.events where ${AFTER} and ${settled(schema)}
    order by epoch, txid, position limit $4`;
  return (await sql.query<EventRow>(text, [...placeParams(after), limit])).map(toEvent);
}

export async function readPublished(
  sql: Sql,
  schema: string,
  after: Position | null,
  limit: number,
): Promise<PublishedEvent[]> {
  const text = `select id, publish, epoch, txid, position from ${schema}.events
    where publish is not null and ${AFTER} and ${settled(schema)} order by epoch, txid, position limit $4`;
  const rows = await sql.query<Place & { id: string; publish: string }>(text, [...placeParams(after), limit]);
  return rows.map((row) => ({ id: row.id, position: toPosition(row), publish: row.publish }));
}

export async function countPublished(sql: Sql, schema: string, after: Position | null): Promise<number> {
  const text = `select count(*) as n from ${schema}.events where publish is not null and ${AFTER}`;
  const [row] = await sql.query<{ n: number }>(text, placeParams(after));
  return row!.n;
}

export async function findPosition(sql: Sql, schema: string, id: string): Promise<Position | null> {
  const [row] = await sql.query<Place>(`select epoch, txid, position from ${schema}.events where id = $1`, [id]);
  return row ? toPosition(row) : null;
}

/** Whether something is committed that `readAll` doesn't give yet, because an older transaction is still under way. */
export async function hasUnsettled(sql: Sql, schema: string): Promise<boolean> {
  const text = `select not ${settled(schema)} as unsettled from ${schema}.events
    order by epoch desc, txid desc, position desc limit 1`;
  const [row] = await sql.query<{ unsettled: boolean }>(text);
  return row?.unsettled ?? false;
}

function placeParams(after: Position | null): unknown[] {
  const { epoch, txid, position } = toPlace(after);
  return [epoch, txid, position];
}

function toEvent(row: EventRow): StoredEvent {
  const { stream, version, id, type, data, meta } = row;
  const event = { id, type, data, meta, stream, version, position: toPosition(row) };
  return row.publish === null ? event : { ...event, publish: row.publish };
}
