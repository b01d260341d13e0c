import { appendingContract } from './appending.contract.ts';
import type { EventStoreHarness } from './harness.ts';
import { orderContract } from './order.contract.ts';
import { subscribingContract } from './subscribing.contract.ts';

/**
 * What every adapter of the event store must hold. `setup` answers an empty store's harness, for each test a new one;
 * `hasTransactions` says whether its harness can hold an append open.
 */
export function eventStoreContract(setup: () => Promise<EventStoreHarness>, { hasTransactions = false } = {}): void {
  appendingContract(setup);
  orderContract(setup, hasTransactions);
  subscribingContract(setup);
}
