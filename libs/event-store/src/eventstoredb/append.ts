import {
  ErrorType,
  type EventStoreDBClient,
  type JSONEventData,
  type WrongExpectedVersionError,
} from '@eventstore/db-client';
import type { Append, AppendOutcome } from '../port.ts';
import { persistently, typeOf } from './errors.ts';
import { toEventData } from './mapping.ts';
import { lastVersion } from './read.ts';
import { toRevision, toVersion } from './revision.ts';

const STREAMS_AT_ONCE = 32;

/**
 * One append. It is always made at an exact version, also where any is expected: only then does the server promise to
 * know a repetition again, so that one whose answer was lost can be asked for once more and is stored once.
 */
export async function appendOne(
  client: EventStoreDBClient,
  prefix: string,
  { stream, expected, events }: Append,
): Promise<AppendOutcome> {
  const name = prefix + stream;
  const isAny = expected === 'any';
  const version = typeof expected === 'number' ? expected : isAny ? await lastVersion(client, name) : 0;
  if (events.length === 0) return nothing(version, isAny ? version : await lastVersion(client, name));
  const data = events.map(toEventData);
  let outcome = await appendAt(client, name, version, data);
  // Another writer was quicker. Each turn that is lost is one that somebody won.
  while (isAny && !outcome.ok) outcome = await appendAt(client, name, outcome.current, data);
  return outcome;
}

/** Many appends: streams side by side, the appends of one stream in the order of the call. */
export async function appendMany(
  client: EventStoreDBClient,
  prefix: string,
  appends: readonly Append[],
): Promise<AppendOutcome[]> {
  const outcomes: AppendOutcome[] = [];
  const streams = Map.groupBy(appends.keys(), (at) => appends[at]!.stream);
  await sideBySide(streams.values(), STREAMS_AT_ONCE, async (turns) => {
    for (const at of turns) outcomes[at] = await appendOne(client, prefix, appends[at]!);
  });
  return outcomes;
}

/** Works on some items at a time. After one has failed none is begun, and those in hand are waited for. */
export async function sideBySide<T>(
  items: Iterable<T>,
  atOnce: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const queue = items[Symbol.iterator]();
  let failed = false;
  const worker = async () => {
    for (let next = queue.next(); !failed && !next.done; next = queue.next()) {
      await work(next.value).catch((error: unknown) => {
        failed = true;
        throw error;
      });
    }
  };
  const ends = await Promise.allSettled(Array.from({ length: atOnce }, worker));
  for (const end of ends) if (end.status === 'rejected') throw end.reason;
}

function nothing(expected: number, current: number): AppendOutcome {
  return expected === current ? { ok: true, version: current } : { ok: false, current };
}

async function appendAt(
  client: EventStoreDBClient,
  name: string,
  version: number,
  events: JSONEventData[],
): Promise<AppendOutcome> {
  try {
    const result = await persistently(() =>
      client.appendToStream(name, events, { expectedRevision: toRevision(version), requiresLeader: true }),
    );
    // The connection string may ask for results in place of errors.
    if (!result.success) return { ok: false, current: Number(result.nextExpectedRevision) + 1 };
    return { ok: true, version: version + events.length };
  } catch (error) {
    if (typeOf(error) !== ErrorType.WRONG_EXPECTED_VERSION) throw error;
    return { ok: false, current: toVersion((error as WrongExpectedVersionError).actualVersion) };
  }
}
