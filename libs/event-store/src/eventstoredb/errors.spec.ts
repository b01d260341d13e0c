import { describe, expect, it } from '@jest/globals';
import { AccessDeniedError, UnavailableError } from '@eventstore/db-client';
import { persistently, toStoreError } from './errors.ts';

const failure = (more: object) => Object.assign(new Error('no'), more);

describe('an error of the server', () => {
  it.each([
    ['away', new UnavailableError()],
    ['timed out', failure({ type: 'timeout', code: 10 })],
    ['deadline exceeded', failure({ type: 'deadline-exceeded', code: 4 })],
    ['no leader', failure({ type: 'not-leader' })],
    ['shutting down', failure({ type: 'cancelled', code: 1 })],
    ['connection reset under a call', failure({ type: 'unknown', code: 13 })],
    ['raw, from gRPC', failure({ code: 14 })],
    ['of the network', failure({ code: 'ECONNREFUSED' })],
    ['no member of the cluster answers', new Error('Failed to discover after 10 attempts.')],
  ])('that says %s is an outage', (_, error) => {
    expect(toStoreError(error)).toMatchObject({
      code: 'store-unavailable',
      status: 503,
      message: 'The data store cannot be used now.',
      cause: error,
    });
  });

  it.each([
    ['access is denied', new AccessDeniedError()],
    ['the stream is deleted', failure({ type: 'stream-deleted', code: 9 })],
    ['the append is too large', failure({ type: 'maximum-append-size-exceeded', code: 3 })],
    ['a message is too large for gRPC', failure({ type: 'unknown', code: 8 })],
    ['anything else', new Error('a fault of ours')],
    ['nothing', null],
  ])('that says %s stays as it is', (_, error) => {
    expect(toStoreError(error)).toBe(error);
  });
});

describe('persistently', () => {
  it('tries again after an outage', async () => {
    let tries = 0;
    const work = async () => (++tries < 3 ? Promise.reject(new UnavailableError()) : tries);
    await expect(persistently(work)).resolves.toBe(3);
  });

  it('gives up when the outage goes on, and at once on any other error', async () => {
    let tries = 0;
    const outage = () => (tries++, Promise.reject(new UnavailableError()));
    await expect(persistently(outage)).rejects.toMatchObject({ code: 'store-unavailable' });
    expect(tries).toBe(4);
    const denied = () => (tries++, Promise.reject(new AccessDeniedError()));
    await expect(persistently(denied)).rejects.toBeInstanceOf(AccessDeniedError);
    expect(tries).toBe(5);
  });
});
