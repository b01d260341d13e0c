import { copyRows, type Sql } from '#sql';
import type { Append, AppendOutcome, NewEvent } from '../port.ts';
import { judge } from './judge.ts';

/**
 * Appends within a transaction, in set-based statements, and answers each append's outcome. `schema` is quoted.
 * Streams are locked in one order, those that are new first, so that appends never wait for each other in a circle.
 */
export async function appendWithin(sql: Sql, schema: string, appends: readonly Append[]): Promise<AppendOutcome[]> {
  const made = await makeStreams(sql, schema, judge(appends, new Map()).changed);
  const others = new Set(appends.map((append) => append.stream).filter((stream) => !made.has(stream)));
  const { outcomes, changed } = judge(appends, await lockStreams(sql, schema, others));
  await insertEvents(sql, schema, placed(appends, outcomes));
  await moveStreams(sql, schema, new Map([...changed].filter(([stream]) => !made.has(stream))));
  return outcomes;
}

/** One append as appendWithin makes it, in one statement and therefore in a transaction of its own. */
export async function appendOne(
  sql: Sql,
  schema: string,
  { stream, expected, events }: Append,
): Promise<AppendOutcome> {
  const [row] = await sql.query<{ ok: boolean; version: number }>(
    `select ok, version from ${schema}.append_one($1, $2, $3::uuid[], $4::text[], $5::json[], $6::json[], $7::text[])`,
    [stream, expected === 'any' ? -1 : expected === 'no-stream' ? 0 : expected, ...columns(events)],
  );
  const { ok, version } = row!;
  return ok ? { ok, version } : { ok, current: version };
}

/** Creates those that don't exist, at the version that they shall have; answers which. The others are left alone. */
async function makeStreams(sql: Sql, schema: string, versions: Map<string, number>): Promise<Set<string>> {
  if (versions.size === 0) return new Set();
  const rows = await sql.query<{ stream: string }>(
    `insert into ${schema}.streams (stream, version)
     select stream, version from unnest($1::text[], $2::int[]) as s(stream, version) order by stream collate "C"
     on conflict do nothing returning stream`,
    [[...versions.keys()], [...versions.values()]],
  );
  return new Set(rows.map((row) => row.stream));
}

async function lockStreams(sql: Sql, schema: string, streams: Set<string>): Promise<Map<string, number>> {
  if (streams.size === 0) return new Map();
  const rows = await sql.query<{ stream: string; version: number }>(
    `select stream, version from ${schema}.streams where stream = any($1::text[]) order by stream for update`,
    [[...streams]],
  );
  return new Map(rows.map((row) => [row.stream, row.version]));
}

async function moveStreams(sql: Sql, schema: string, versions: Map<string, number>): Promise<void> {
  if (versions.size === 0) return;
  await sql.query(
    `update ${schema}.streams s set version = v.version
     from unnest($1::text[], $2::int[]) as v(stream, version) where s.stream = v.stream`,
    [[...versions.keys()], [...versions.values()]],
  );
}

interface PlacedEvent extends NewEvent {
  stream: string;
  version: number;
}

/** The events of the appends that hold, in the order of the call, each with its version. */
function placed(appends: readonly Append[], outcomes: readonly AppendOutcome[]): PlacedEvent[] {
  return appends.flatMap(({ stream, events }, at) => {
    const outcome = outcomes[at]!;
    if (!outcome.ok) return [];
    const before = outcome.version - events.length;
    return events.map((event, i) => ({ ...event, stream, version: before + i + 1 }));
  });
}

/** COPY, which costs half of what an INSERT from arrays does, once the streams are locked and the place is taken. */
async function insertEvents(sql: Sql, schema: string, events: readonly PlacedEvent[]): Promise<void> {
  if (events.length === 0) return;
  const [at] = await sql.query<{ epoch: number; txid: number | bigint }>(`select epoch, txid from ${schema}.place()`);
  const { epoch, txid } = at!;
  await sql.copy(
    `${schema}.events (epoch, txid, stream, version, id, type, data, meta, publish)`,
    copyRows(
      events.map(({ stream, version, id, type, data, meta, publish }) => {
        return [epoch, txid, stream, version, id, type, data, meta, publish];
      }),
    ),
  );
}

function columns(events: readonly NewEvent[]): unknown[][] {
  return [
    events.map((event) => event.id),
    events.map((event) => event.type),
    events.map((event) => JSON.stringify(event.data)),
    events.map((event) => JSON.stringify(event.meta)),
    events.map((event) => event.publish),
  ];
}
