import { appendingContract } from './appending.contract.ts';
import type { EventStoreHarness } from './harness.ts';
import { orderContract } from './order.contract.ts';
import { subscribingContract } from './subscribing.contract.ts';

/** Where stores may differ within the port. */
export interface Traits {
  /** The harness can hold an append open. */
  hasTransactions?: boolean;
  /** Appends of one call to several streams come in the order of the call. The port doesn't promise it. */
  ordersCalls?: boolean;
  /** An event's id is taken at most once in the whole store. */
  hasUniqueIds?: boolean;
}

/** What every adapter of the event store must hold. `setup` answers an empty store's harness, for each test a new one. */
export function eventStoreContract(setup: () => Promise<EventStoreHarness>, traits: Traits = {}): void {
  const { hasTransactions = false, ordersCalls = true, hasUniqueIds = true } = traits;
  appendingContract(setup, { ordersCalls, hasUniqueIds });
  orderContract(setup, hasTransactions);
  subscribingContract(setup);
}
