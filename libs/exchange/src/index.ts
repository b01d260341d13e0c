export * from './port.ts';
export type { WorkerLog } from './log.ts';
export { startRelay, type Relay, type RelayOptions, type RelayStatus } from './relay/relay.ts';
