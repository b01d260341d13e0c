import { collectMetrics, type Clock, type CollectedMetric, type Metrics } from '#platform';
import type { IntakeSide } from './create-intake.ts';
import { WAITS } from './follower.ts';
import { REFUSAL_REASONS } from './refusals.ts';
import type { SourceStatus } from './status.ts';

const ofEach = (help: string, value: (status: SourceStatus) => number): CollectedMetric<SourceStatus[]> => ({
  help,
  labels: ['source'],
  samples: (sources) => sources.map((status) => ({ labels: { source: status.source }, value: value(status) })),
});

/** What all instances tell alike: they share the views. */
const SHARED = {
  accord_views_exchange_events_total: ofEach('Events on the exchange', ({ sequence }) => sequence),
  accord_views_applied_events_total: ofEach('Events applied', ({ applied }) => applied),
  accord_views_lag_events: ofEach('Events that wait', ({ sequence, applied }) => sequence - applied),
  accord_views_lag_seconds: ofEach('Age of the oldest event that waits', ({ lagSeconds }) => lagSeconds),
  accord_views_gaps: ofEach('Runs of sequences that are missing although later ones came', ({ gaps }) => gaps.length),
  accord_views_waiting_seconds: ofEach(
    'Since events came that cannot be applied yet',
    (status) => status.waitingSeconds,
  ),
  accord_views_quarantined: ofEach('1 where the source is quarantined', ({ quarantined }) => Number(quarantined)),
};

type Sources = string[];

/** What this instance has met. */
const ofInstance = ({ intake }: IntakeSide): Record<string, CollectedMetric<Sources>> => ({
  accord_views_refused_events_total: {
    help: 'Events refused since the start: a fault quarantines the source, what cannot be read withholds the record',
    labels: ['source', 'reason'],
    samples: (sources) =>
      sources.flatMap((source) =>
        REFUSAL_REASONS.map((reason) => ({ labels: { source, reason }, value: intake.refusals.of(source, reason) })),
      ),
  },
  accord_views_waiting: {
    help: '1 for what the next event of the source waits for',
    labels: ['source', 'reason'],
    samples: (sources) =>
      sources.flatMap((source) =>
        WAITS.map((reason) => ({ labels: { source, reason }, value: Number(intake.waitsFor(source) === reason) })),
      ),
  },
});

/** What the operator's dashboards watch: how far each source is, and what has gone wrong. */
export const measureIntake = (registry: Metrics, side: IntakeSide, clock: Clock): void => {
  collectMetrics(registry, 'sources', async () => (await side.status.read(null)).sources, SHARED);
  collectMetrics(registry, 'instance', () => side.copy.sources(), ofInstance(side));
  // Of itself, so that it's there when the exchange is away, which is what it tells.
  collectMetrics(registry, 'registry', () => Promise.resolve(side.gate.registryAgeMs(clock.now()) / 1000), {
    accord_views_registry_age_seconds: {
      help: 'Since the registry was last known to be current: when it is too old, reads are refused',
      samples: (value) => [{ value }],
    },
  });
};
