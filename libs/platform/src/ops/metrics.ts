import { collectDefaultMetrics, Registry } from 'prom-client';

/** An app's own metrics: several apps may share a process. */
export const createMetrics = (app: string, defaults: boolean): Registry => {
  const registry = new Registry();
  registry.setDefaultLabels({ app });
  if (defaults) collectDefaultMetrics({ register: registry });
  return registry;
};

export { Registry as Metrics } from 'prom-client';
