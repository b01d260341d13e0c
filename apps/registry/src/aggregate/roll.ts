import type { EventStore, Position, StoredEvent, Subscription } from '#event-store';
import type { Aggregate, Fact } from './fold.ts';

const BATCH = 500;

export interface Entry<State> {
  id: string;
  state: State;
  version: number;
  /** RFC 3339, UTC: of its last event. */
  updatedAt: string;
}

/**
 * All aggregates of a kind as they are now, in memory: a task force has few members and agreements. Built from the store
 * at start and kept up by a subscription; what this process appends is there at once.
 */
export class Roll<State, Event extends Fact> {
  private readonly entries = new Map<string, Entry<State>>();
  private subscription: Subscription | null = null;

  constructor(private readonly kind: Aggregate<State, Event>) {}

  /** Resolves when everything that the store holds is applied. */
  async start(store: EventStore): Promise<void> {
    let position: Position | null = null;
    for (;;) {
      const batch: StoredEvent[] = await store.readAll(position, BATCH);
      this.apply(batch);
      position = batch.at(-1)?.position ?? position;
      if (batch.length < BATCH) break;
    }
    this.subscription = await store.subscribe(position, (events) => Promise.resolve(this.apply(events)));
  }

  async stop(): Promise<void> {
    await this.subscription?.stop();
  }

  /** Applies events of any streams; those that are here already, or not of this kind, change nothing. */
  apply(events: readonly StoredEvent[]): void {
    for (const event of events) if (event.stream.startsWith(this.kind.prefix)) this.applyOne(event);
  }

  get(id: string): Entry<State> | undefined {
    return this.entries.get(id);
  }

  /** Newest first: by last change, then id. */
  all(): Entry<State>[] {
    return [...this.entries.values()].sort(newestFirst);
  }

  private applyOne({ stream, version, type, data, meta }: StoredEvent): void {
    const id = stream.slice(this.kind.prefix.length);
    const before = this.entries.get(id);
    if (version !== (before?.version ?? 0) + 1) return;
    const state = this.kind.evolve(before?.state ?? this.kind.initial, { type, data } as Event);
    this.entries.set(id, { id, state, version, updatedAt: meta.at });
  }
}

function newestFirst(a: Entry<unknown>, b: Entry<unknown>): number {
  if (a.updatedAt !== b.updatedAt) return a.updatedAt < b.updatedAt ? 1 : -1;
  return a.id < b.id ? 1 : -1;
}
