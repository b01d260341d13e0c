import { afterEach, beforeEach } from '@jest/globals';
import { newSigningKey } from '#contracts';
import type { EventStore } from '#event-store';
import { startRelay, type Exchange, type LogEntry, type Relay, type RelayOptions } from '../index.ts';
import { idOf, readChain, SOURCE } from './releasing.ts';

export interface RelayUnderTest {
  /** An empty store, and an empty exchange. */
  openStore(): Promise<EventStore>;
  openExchange(): Promise<Exchange>;
}

export const KEY = newSigningKey();

// Looking now and then would hide a wake-up that doesn't come: too seldom to help within a test.
const SETTINGS = { source: SOURCE, signingKey: KEY, batch: 3, pollMs: 600_000, pace: { min: 1, max: 5 } };

/** A store, an exchange, and relays between them, fresh for each test. */
export interface RelayRig {
  store: EventStore;
  exchange: Exchange;
  /** The records of each call of deliverKeys, unless a test has its own. */
  delivered: string[][];
  /** What was told as an error. */
  errors: string[];
  start(options?: Partial<RelayOptions>): Relay;
  topic(): Promise<LogEntry[]>;
  /** The ids on the topic, after they were verified. */
  chain(): Promise<string[]>;
}

export function useRelayRig({ openStore, openExchange }: RelayUnderTest): RelayRig {
  let relays: Relay[] = [];
  const rig = {} as RelayRig;
  rig.start = (options = {}) => {
    const relay = startRelay({
      ...SETTINGS,
      store: rig.store,
      exchange: rig.exchange,
      deliverKeys: async (records) => void rig.delivered.push(records),
      log: { warn: () => {}, error: (message) => rig.errors.push(message) },
      ...options,
    });
    relays.push(relay);
    return relay;
  };
  rig.topic = () => rig.exchange.read(SOURCE, 0, 1000);
  rig.chain = async () => readChain(await rig.topic(), KEY.publicJwk);

  beforeEach(async () => {
    [rig.store, rig.exchange] = await Promise.all([openStore(), openExchange()]);
    Object.assign(rig, { delivered: [], errors: [] });
    relays = [];
  });

  afterEach(async () => {
    await Promise.all(relays.map((relay) => relay.stop()));
    await Promise.all([rig.store.close(), rig.exchange.close()]);
  });
  return rig;
}

/** The ids of the first events. */
export function ids(count: number): string[] {
  return Array.from({ length: count }, (_, index) => idOf(index + 1));
}
