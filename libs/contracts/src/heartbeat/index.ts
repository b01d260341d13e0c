export { readHeartbeat, signHeartbeat, type Heartbeat } from './heartbeat.ts';
export { currentUntil, type AppliedTo } from './trust.ts';
