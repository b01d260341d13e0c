import { draft, readEvent, uuidv7, VersionConflict, type Envelope } from '#contracts';
import { WrongExpectedVersion, type EventMeta, type EventStore, type NewEvent, type StoredEvent } from '#event-store';
import { fold, type Aggregate, type Fact, type Folded } from './fold.ts';
import type { Roll } from './roll.ts';

/** Two admins at once are rare; more than this many in a row mean that something else is wrong. */
const ATTEMPTS = 5;

export interface Change<State, Event> {
  stream: string;
  meta: EventMeta;
  /** The version that the caller saw. */
  ifMatch?: number;
  /** Throws NotFound where the caller may not know of it: before its version is compared. */
  visible?(state: State): void;
  /** No events: it stands as it is asked for. */
  decide(state: State): Event[];
}

/** What a change came to. */
export interface Changed<State> extends Folded<State> {
  /** The version right after the change, and its last event: also when a repeated command finds it done. */
  changedAt: number;
  last: StoredEvent;
}

/** Loads, decides and appends, with every event's integration event in the same append. */
export class Aggregates<State, Event extends Fact> {
  constructor(
    private readonly kind: Aggregate<State, Event>,
    private readonly store: EventStore,
    private readonly roll: Roll<State, Event>,
  ) {}

  async load(stream: string): Promise<Folded<State>> {
    return fold(this.kind, await this.store.readStream(stream));
  }

  /** Decides again on the newer state when another was faster. Throws VersionConflict, and what `decide` throws. */
  async change(change: Change<State, Event>): Promise<Changed<State>> {
    for (let attempt = 1; ; attempt++) {
      const before = await this.load(change.stream);
      const done = before.events.findLast((event) => change.meta.command && event.meta.command === change.meta.command);
      if (done) return { ...before, changedAt: done.version, last: done };
      const changed = await this.tryOnce(change, before, attempt === ATTEMPTS);
      if (changed) return changed;
    }
  }

  private async tryOnce(change: Change<State, Event>, before: Folded<State>, lastAttempt: boolean) {
    change.visible?.(before.state);
    matched(change.ifMatch, before.version);
    const events = this.told(before.state, change);
    if (events.length === 0) return { ...before, changedAt: before.version, last: before.events.at(-1)! };
    try {
      await this.store.append(change.stream, before.version || 'no-stream', events);
    } catch (error) {
      if (!(error instanceof WrongExpectedVersion) || lastAttempt) throw error;
      return null;
    }
    const stored = events.map((event, index) => this.asStored(event, change.stream, before.version + index + 1));
    const after = fold(this.kind, [...before.events, ...stored]);
    this.roll.apply(after.events);
    return { ...after, changedAt: after.version, last: stored.at(-1)! };
  }

  private told(before: State, { decide, meta }: Change<State, Event>): NewEvent[] {
    let state = before;
    return decide(before).map((event) => {
      state = this.kind.evolve(state, event);
      const id = uuidv7(Date.parse(meta.at));
      return { id, ...event, meta, publish: publication(this.kind.tell(event, state, { id, at: meta.at })) };
    });
  }

  // Where the store put it is of no use here.
  private asStored(event: NewEvent, stream: string, version: number): StoredEvent {
    return { ...event, stream, version, position: '' };
  }
}

/** What isn't there has no version to compare: `decide` says so, as `visible` does of what is hidden. */
function matched(ifMatch: number | undefined, version: number): void {
  if (ifMatch !== undefined && version > 0 && ifMatch !== version) throw new VersionConflict(version);
}

/** Nothing is stored that a reader would refuse: throws InvalidRequest naming the field. */
function publication(envelope: Envelope): string {
  const text = draft(envelope);
  readEvent(envelope.type, (JSON.parse(text) as Envelope).data);
  return text;
}
