import { NO_STREAM, type CurrentRevision } from '@eventstore/db-client';

/** The server counts a stream's events from 0, the port from 1: its version 0 is no stream. */
export function toRevision(version: number): CurrentRevision {
  return version === 0 ? NO_STREAM : BigInt(version - 1);
}

export function toVersion(revision: CurrentRevision): number {
  return revision === NO_STREAM ? 0 : Number(revision) + 1;
}
