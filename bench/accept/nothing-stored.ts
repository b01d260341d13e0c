import type { EventStore } from '#event-store';
import { Idempotency } from '../../apps/member-node/src/records/idempotency.ts';
import type { Rails } from '../../apps/member-node/src/records/rails.ts';

/** Rails on which every command is decided and nothing is looked up, sealed or stored. */
export const nothingStored = (secret: Uint8Array): Rails => {
  const nobody = { shieldOf: () => [], shielded: () => new Map() };
  const asking = () => ({ at: new Date().toISOString(), know: async () => nobody });
  const many = {
    load: { loadMany: async () => new Map() },
    commit: async (decided: { facts: unknown[] }[]) =>
      decided.map(({ facts }) => ({ outcome: { ok: true, version: facts.length }, listed: null })),
  };
  const records = { many: (work: (...given: unknown[]) => Promise<unknown>) => work(asking(), many) };
  const queries = { known: async () => new Set(), existing: async () => [] };
  const clock = { now: () => Date.now() };
  const idempotency = new Idempotency({} as EventStore, secret, clock);
  return { records, queries, idempotency, writer: {} } as unknown as Rails;
};
