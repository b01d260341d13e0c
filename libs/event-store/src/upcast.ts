import type { StoredEvent, Upcasters } from './port.ts';

/** No chain of versions is this long: more steps mean that an upcaster answers its own type, or one before it. */
const MOST_STEPS = 100;

/** Brings events to their newest versions. Stored events stay as they are; what they published does too. */
export function upcastAll(events: readonly StoredEvent[], upcasters: Upcasters): StoredEvent[] {
  return events.map((event) => upcast(event, upcasters));
}

function upcast(event: StoredEvent, upcasters: Upcasters): StoredEvent {
  let newest: { type: string; data: object } = event;
  for (let steps = 0; Object.hasOwn(upcasters, newest.type); steps++) {
    if (steps === MOST_STEPS) throw new Error(`The upcasters of ${event.type} go round in circles`);
    newest = upcasters[newest.type]!({ type: newest.type, data: newest.data as never });
  }
  return newest === event ? event : { ...event, type: newest.type, data: newest.data };
}
