import { collectDefaultMetrics, Registry } from 'prom-client';

/**
 * An app's own metrics: several apps may share a process. `ofProcess`: whether to collect the process's own too, which one
 * app of a process does. No label may hold what a caller or a record says: no id, no name, no case.
 */
export const createMetrics = (app: string, ofProcess = false): Registry => {
  const registry = new Registry();
  registry.setDefaultLabels({ app });
  if (ofProcess) collectDefaultMetrics({ register: registry });
  return registry;
};

export { Registry as Metrics } from 'prom-client';
