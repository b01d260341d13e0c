export { measureRelays } from './relay-metrics.ts';
