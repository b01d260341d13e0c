import { createHash } from 'node:crypto';
import type { EventStore, NewEvent, Upcasters } from '../port.ts';

/** An append whose transaction is still open. */
export interface HeldAppend {
  commit(): Promise<void>;
  /** Ends the connection that it is on, as a killed process would. */
  kill(): Promise<void>;
}

/** One empty store's data, for one test. */
export interface EventStoreHarness {
  /** Opens the store, each time as another process would. */
  open(upcasters?: Upcasters): Promise<EventStore>;
  /** Writes to a new stream and doesn't commit yet. Absent where the store has no transactions open to others' eyes. */
  hold?(stream: string, events: readonly NewEvent[]): Promise<HeldAppend>;
  close(): Promise<void>;
}

/** A literal event: its id is made from its name, which its data tells too. */
export function event(name: string, more: Partial<NewEvent> = {}): NewEvent {
  return {
    id: idOf(name),
    type: 'noted.v1',
    data: { name },
    meta: { actor: 'besnik', at: '2025-05-15T10:00:00Z' },
    ...more,
  };
}

export function released(name: string): NewEvent {
  return event(name, { publish: JSON.stringify({ id: idOf(name), type: 'accord.intelligence.report-released.v1' }) });
}

export function idOf(name: string): string {
  const hex = createHash('sha256').update(name).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** The names of events, as `event` gave them. */
export function names(events: readonly { data: object }[]): string[] {
  return events.map(({ data }) => (data as { name: string }).name);
}

/** Resolves once the condition holds. Gives up before the test's own time limit, so that nothing is left turning. */
export async function until(condition: () => boolean | Promise<boolean>, patience = 25_000): Promise<void> {
  const giveUp = AbortSignal.timeout(patience);
  while (!(await condition())) {
    giveUp.throwIfAborted();
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/**
 * What `read` answers once it is `count` long, or longer. An append is read at once in its stream, but in the order of all
 * only when no older transaction is under way: and tests of many suites share one server.
 */
export async function readUntil<T>(count: number, read: () => Promise<T[]>): Promise<T[]> {
  let all: T[] = [];
  await until(async () => (all = await read()).length >= count);
  return all;
}
