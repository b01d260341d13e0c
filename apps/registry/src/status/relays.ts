import type { SigningKey } from '#contracts';
import type { EventStore } from '#event-store';
import { startRelay, type Exchange, type Relay, type RelayStatus, type WorkerLog } from '#exchange';
import { AGREEMENTS_SOURCE } from '../agreements/agreement.tell.ts';
import { MEMBERS_SOURCE } from '../members/member.tell.ts';

export interface SourceStatus extends RelayStatus {
  source: string;
}

/** The registry's two voices on the exchange: a store, so an order and a chain, for each. */
export class RegistryRelays {
  private constructor(readonly relays: ReadonlyMap<string, Relay>) {}

  static start(
    stores: { members: EventStore; agreements: EventStore },
    parts: { exchange: Exchange; signingKey: SigningKey; log?: WorkerLog },
  ): RegistryRelays {
    // What the registry says holds no record, so there is no key to deliver.
    const deliverKeys = () => Promise.resolve();
    const one = (source: string, store: EventStore) => startRelay({ source, store, deliverKeys, ...parts });
    return new RegistryRelays(
      new Map([
        [MEMBERS_SOURCE, one(MEMBERS_SOURCE, stores.members)],
        [AGREEMENTS_SOURCE, one(AGREEMENTS_SOURCE, stores.agreements)],
      ]),
    );
  }

  status(): Promise<SourceStatus[]> {
    return Promise.all([...this.relays].map(async ([source, relay]) => ({ source, ...(await relay.status()) })));
  }

  /** Resolves when all that was stored at the call is on the exchange. */
  async idle(): Promise<void> {
    await Promise.all([...this.relays.values()].map((relay) => relay.idle()));
  }

  async stop(): Promise<void> {
    await Promise.all([...this.relays.values()].map((relay) => relay.stop()));
  }
}
