import { uuidv8, WrongState } from '#contracts';
import { WrongExpectedVersion, type EventMeta, type EventStore, type NewEvent, type StoredEvent } from './port.ts';

/** What a command answered, kept so that it can be answered again. Ids and versions, no content. */
export interface Answer {
  /** The HTTP status. */
  status: number;
  answer: object;
}

export interface Reservation<Planned extends object> {
  /** `idempotency-<UUIDv8 of member and key>`. */
  stream: string;
  /** Tells one body from another without holding it: a keyed hash. */
  fingerprint: string;
  /** The ids that the command will use, so that a retry uses the same ones. */
  planned: Planned;
  meta: EventMeta;
}

export type Reserved<Planned extends object> =
  /** `new`: this call came first. `retry`: one before it came, and may have done a part, all, or nothing. */
  { kind: 'new' | 'retry'; planned: Planned } | ({ kind: 'done' } & Answer);

/**
 * Takes an idempotency key, or tells what became of it. Side tables would not be atomic with an append on every store; a
 * stream that must not exist is. Throws WrongState `idempotency-key-reused` for another body under the same key.
 */
export async function reserve<Planned extends object>(
  store: EventStore,
  { stream, fingerprint, planned, meta }: Reservation<Planned>,
): Promise<Reserved<Planned>> {
  const event = of(stream, 'reserved.v1', { fingerprint, planned }, meta);
  if (await appended(store, stream, 'no-stream', event)) return { kind: 'new', planned };
  const events = await store.readStream(stream);
  const first = events[0]!.data as { fingerprint: string; planned: Planned };
  if (first.fingerprint !== fingerprint) {
    throw new WrongState('idempotency-key-reused', 'This Idempotency-Key was used with another request.');
  }
  const answer = completedIn(events);
  return answer ? { kind: 'done', ...answer } : { kind: 'retry', planned: first.planned };
}

/** Keeps the answer of a reserved command, and tells which answer is the kept one: the first, where two ran at once. */
export async function complete(
  store: EventStore,
  { stream, meta, status, answer }: Answer & { stream: string; meta: EventMeta },
): Promise<Answer> {
  const event = of(stream, 'completed.v1', { status, answer }, meta);
  if (await appended(store, stream, 1, event)) return { status, answer };
  const kept = completedIn(await store.readStream(stream));
  if (!kept) throw new Error(`${stream} was completed without having been reserved`);
  return kept;
}

/**
 * Runs a command at most once in effect for an idempotency key. `run` gets the planned ids and must bear finding its own
 * events already there. When it throws, the key stays reserved and the next try with the same body runs again.
 */
export async function once<Planned extends object>(
  store: EventStore,
  reservation: Reservation<Planned>,
  run: (planned: Planned) => Promise<Answer>,
): Promise<Answer> {
  const reserved = await reserve(store, reservation);
  if (reserved.kind === 'done') return { status: reserved.status, answer: reserved.answer };
  const { stream, meta } = reservation;
  return complete(store, { stream, meta, ...(await run(reserved.planned)) });
}

function completedIn(events: readonly StoredEvent[]): Answer | null {
  return (events[1]?.data as Answer | undefined) ?? null;
}

async function appended(store: EventStore, stream: string, expected: 'no-stream' | 1, event: NewEvent) {
  try {
    await store.append(stream, expected, [event]);
    return true;
  } catch (error) {
    if (error instanceof WrongExpectedVersion) return false;
    throw error;
  }
}

// An event's id follows from its stream and type: each of the two is there at most once.
function of(stream: string, type: string, data: object, meta: EventMeta): NewEvent {
  return { id: uuidv8(stream, type), type, data, meta };
}
