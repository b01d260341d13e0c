export { eventStoreContract } from './event-store.contract.ts';
export { event, idOf, names, released, until, type EventStoreHarness, type HeldAppend } from './harness.ts';
