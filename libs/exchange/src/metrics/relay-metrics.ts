import { collectMetrics, type Clock, type CollectedMetric, type Metrics } from '#platform';
import type { Relay, RelayStatus } from '../relay/relay.ts';

interface Look extends RelayStatus {
  source: string;
  /** Of the oldest event that waits; null where that isn't known. */
  lagSeconds: number | null;
}

const ofEach = (help: string, value: (look: Look) => number | null): CollectedMetric<Look[]> => ({
  help,
  labels: ['source'],
  samples: (looks) =>
    looks.flatMap((look) => {
      const known = value(look);
      return known === null ? [] : [{ labels: { source: look.source }, value: known }];
    }),
});

const METRICS = {
  accord_relay_released_events_total: ofEach('Events stored to be relayed', ({ released }) => released),
  accord_relay_relayed_events_total: ofEach('Events on the exchange', ({ relayed }) => relayed),
  accord_relay_lag_events: ofEach('Events that wait', ({ released, relayed }) => released - relayed),
  accord_relay_lag_seconds: ofEach('Age of the oldest event that waits', ({ lagSeconds }) => lagSeconds),
  accord_relay_halted: ofEach('1 where it has stopped for good: somebody must look', ({ halted }) =>
    Number(halted !== undefined),
  ),
};

/** Shows how far relays are, by the source that each speaks for. */
export function measureRelays(registry: Metrics, clock: Clock, relays: ReadonlyMap<string, Relay>): void {
  const look = async ([source, relay]: [string, Relay]): Promise<Look> => {
    const status = await relay.status();
    if (status.released === status.relayed) return { source, ...status, lagSeconds: 0 };
    const since = await relay.waitingSince();
    return { source, ...status, lagSeconds: since === null ? null : Math.max(0, (clock.now() - since) / 1000) };
  };
  collectMetrics(registry, 'relay', () => Promise.all([...relays].map(look)), METRICS);
}
