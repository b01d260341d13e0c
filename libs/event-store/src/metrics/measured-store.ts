import { Counter, Histogram } from 'prom-client';
import type { Metrics } from '#platform';
import { WrongExpectedVersion, type AppendOutcome, type EventStore } from '../port.ts';

const BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** How an append ended: stored; `conflict`, the stream was not as expected; `failed`, the store could not. */
type Outcome = 'stored' | 'conflict' | 'failed';

const outcomeOf = (error: unknown): Outcome => (error instanceof WrongExpectedVersion ? 'conflict' : 'failed');
const outcomeOfMany = (outcomes: readonly AppendOutcome[]): Outcome =>
  outcomes.length > 0 && outcomes.every(({ ok }) => !ok) ? 'conflict' : 'stored';

function metricsOf(registry: Metrics): { duration: Histogram; stored: Counter } {
  const known = registry.getSingleMetric('accord_event_store_append_duration_seconds') as Histogram | undefined;
  const duration =
    known ??
    new Histogram({
      name: 'accord_event_store_append_duration_seconds',
      help: 'Appends, each of one stream or of many at once',
      labelNames: ['source', 'outcome'],
      buckets: BUCKETS,
      registers: [registry],
    });
  const counter = registry.getSingleMetric('accord_event_store_appended_events_total') as Counter | undefined;
  const stored =
    counter ??
    new Counter({
      name: 'accord_event_store_appended_events_total',
      help: 'Events that this process stored, private ones too',
      labelNames: ['source'],
      registers: [registry],
    });
  return { duration, stored };
}

/** The same store, whose appends are timed and counted. `source`: whose events it keeps, `/members/GB`. */
export function measuredStore(store: EventStore, registry: Metrics, source: string): EventStore {
  const { duration, stored } = metricsOf(registry);
  stored.inc({ source }, 0);
  const measure = async <T>(work: () => Promise<T>, ended: (answer: T) => [Outcome, events: number]): Promise<T> => {
    const end = duration.startTimer({ source });
    try {
      const answer = await work();
      const [outcome, events] = ended(answer);
      end({ outcome });
      stored.inc({ source }, events);
      return answer;
    } catch (error) {
      end({ outcome: outcomeOf(error) });
      throw error;
    }
  };
  return {
    append: (stream, expected, events) =>
      measure(
        () => store.append(stream, expected, events),
        () => ['stored', events.length],
      ),
    appendMany: (appends) =>
      measure(
        () => store.appendMany(appends),
        (outcomes) => [
          outcomeOfMany(outcomes),
          appends.reduce((sum, { events }, n) => (outcomes[n]?.ok ? sum + events.length : sum), 0),
        ],
      ),
    readStream: (stream) => store.readStream(stream),
    readStreams: (streams) => store.readStreams(streams),
    readAll: (after, limit) => store.readAll(after, limit),
    readPublished: (after, limit) => store.readPublished(after, limit),
    isHeldBack: () => store.isHeldBack(),
    countPublished: (after) => store.countPublished(after),
    find: (id) => store.find(id),
    subscribe: (after, handler) => store.subscribe(after, handler),
    onAppend: (callback) => store.onAppend(callback),
    close: () => store.close(),
  };
}
