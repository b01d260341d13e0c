import { Counter, Gauge, type Registry } from 'prom-client';

export interface Sample {
  labels?: Record<string, string>;
  value: number;
}

/** A metric whose value is asked for when it is read: a counter where its name ends in `_total`, or a gauge. */
export interface CollectedMetric<Look> {
  help: string;
  labels?: readonly string[];
  samples(look: Look): readonly Sample[];
}

const failures = (registry: Registry): Counter => {
  const name = 'accord_metrics_failures_total';
  const help = 'Times that metrics could not be had, so that they are missing from the answer';
  const known = registry.getSingleMetric(name);
  return (known as Counter | undefined) ?? new Counter({ name, help, labelNames: ['of'], registers: [registry] });
};

/**
 * Metrics that come of one look, taken when they are read. A look that fails leaves them out, and is counted under `of`:
 * whoever watches must see the rest all the more.
 */
export const collectMetrics = <Look>(
  registry: Registry,
  of: string,
  look: () => Promise<Look>,
  metrics: Record<string, CollectedMetric<Look>>,
): void => {
  const failed = failures(registry);
  failed.inc({ of }, 0);
  let looking: Promise<Look | null> | undefined;
  const failure = (): null => {
    failed.inc({ of });
    return null;
  };
  const once = () => (looking ??= look().then(undefined, failure)).finally(() => (looking = undefined));
  for (const [name, { help, labels = [], samples }] of Object.entries(metrics)) {
    const Kind = name.endsWith('_total') ? Counter : Gauge;
    const metric: Counter | Gauge = new Kind({
      name,
      help,
      labelNames: [...labels],
      registers: [registry],
      collect: async () => {
        const seen = await once();
        metric.reset();
        for (const sample of seen === null ? [] : samples(seen)) metric.inc(sample.labels ?? {}, sample.value);
      },
    });
  }
};
