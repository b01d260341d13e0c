import { setTimeout as sleep } from 'node:timers/promises';
import { ErrorType } from '@eventstore/db-client';
import { Unavailable } from '#contracts';

const OUTAGES = new Set<unknown>([
  ErrorType.TIMEOUT,
  ErrorType.DEADLINE_EXCEEDED,
  ErrorType.UNAVAILABLE,
  ErrorType.CANCELLED,
  ErrorType.NOT_LEADER,
]);
/** gRPC's cancelled, unknown, deadline exceeded, aborted, internal (a connection reset under a call) and unavailable. */
const GRPC_OUTAGES = new Set<unknown>([1, 2, 4, 10, 13, 14]);
const UNTYPED = new Set<unknown>([undefined, ErrorType.UNKNOWN]);

const TRIES = 4;
const FIRST_PAUSE = 100;

/** The client's name for what went wrong. By its shape: a raw gRPC error has none. */
export function typeOf(error: unknown): unknown {
  return (error as { type?: unknown } | null)?.type;
}

/** The server can't be used now, or didn't answer; what was asked may have been done all the same. */
export function isOutage(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false;
  const { type, code, message } = error as { type?: unknown; code?: unknown; message?: unknown };
  if (OUTAGES.has(type)) return true;
  if (!UNTYPED.has(type)) return false;
  if (typeof code === 'string') return /^E[A-Z_]+$/.test(code);
  return GRPC_OUTAGES.has(code) || /^(Failed to discover|Channel has been shut down)/.test(String(message));
}

/** As the other adapters say it: `Unavailable('store-unavailable')` for an outage; any other error as it is. */
export function toStoreError(error: unknown): unknown {
  if (!isOutage(error)) return error;
  const problem = new Unavailable('store-unavailable', 'The data store cannot be used now.');
  problem.cause = error;
  return problem;
}

/**
 * Tries again a few times where the server was away, didn't answer or was no leader (the client turns to the leader
 * then). Only for what may be done twice.
 */
export async function persistently<T>(work: () => Promise<T>): Promise<T> {
  for (let tries = 1, pause = FIRST_PAUSE; ; tries++, pause *= 4) {
    try {
      return await work();
    } catch (error) {
      if (tries === TRIES || !isOutage(error)) throw toStoreError(error);
      await sleep(pause);
    }
  }
}
