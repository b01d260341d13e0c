export { eventStoreContract } from './event-store.contract.ts';
export { event, idOf, names, readUntil, released, until, type EventStoreHarness, type HeldAppend } from './harness.ts';
