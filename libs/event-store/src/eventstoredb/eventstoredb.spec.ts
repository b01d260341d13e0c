import { describe, expect, it } from '@jest/globals';
import { noteAdapter } from '../../../sql/src/testing/index.ts';
import type { EventStore } from '../port.ts';
import { eventStoreContract } from '../testing/event-store.contract.ts';
import { describeEventStoreDb, newStorePrefix } from '../testing/eventstoredb-server.ts';
import { event, idOf, names, released } from '../testing/harness.ts';
import { closeClient, openClient } from './client.ts';
import { find } from './find.ts';
import { openEventStoreDb } from './index.ts';

const NOBODY = 'esdb://127.0.0.1:1?tls=false';

describe('opening a store on EventStoreDB', () => {
  it.each(['', 'gb', 'gb-al-', '$gb-', 'gb_'])('refuses the prefix %p', async (prefix) => {
    await expect(openEventStoreDb({ connectionString: NOBODY, prefix })).rejects.toThrow('Not a prefix for streams');
  });

  it('says that the store is unavailable where no server answers, and logs why', async () => {
    const logged: unknown[] = [];
    const log = { warn: (...line: unknown[]) => void logged.push(line) };
    const opening = openEventStoreDb({ connectionString: NOBODY, log });
    await expect(opening).rejects.toMatchObject({ code: 'store-unavailable', status: 503 });
    expect(logged).toEqual([[{ reason: expect.stringContaining('UNAVAILABLE') }, 'The event store does not answer']]);
  });

  it('keeps the password to itself where the connection string cannot be read', () => {
    expect(() => openClient('postgres://gb:a-secret@db:1')).toThrow(/^The connection string of EventStoreDB/);
  });

  it.each([
    ['does not know', 'tls=true&password=a-secret', 'has an option that the client does not know: password'],
    ['does not follow', 'tlsVerifyCert=false', 'tlsVerifyCert=false has no effect'],
  ])('refuses options that the client %s, of which it would warn with the password', (_, options, message) => {
    const opening = () => openClient(`esdb://gb:a-secret@db:1/?${options}`);
    expect(opening).toThrow(message);
    expect(opening).not.toThrow('a-secret');
  });

  it.each(['kurrentdb+discover', 'kurrent', 'kdb', 'esdb+discover'])('takes the scheme %s', async (scheme) => {
    const client = openClient(
      `${scheme}://gb:secret@db.example:2113?tls=true&Node-Preference=leader&tlsVerifyCert=true`,
    );
    expect(client).toBeDefined();
  });

  it('makes each append a call of its own', async () => {
    const client = openClient('kurrentdb+discover://gb:secret@db.example:2113?tls=true');
    const { supports } = client as unknown as { supports(): Promise<boolean> };
    await expect(supports()).resolves.toBe(false);
    await closeClient(openClient('kurrentdb://gb:secret@db.example:2113?tls=true'));
  });
});

const unavailable = await describeEventStoreDb('The event store on EventStoreDB', (connectionString) => {
  eventStoreContract(
    async () => {
      const prefix = newStorePrefix();
      const opened: EventStore[] = [];
      return {
        open: async (upcasters) => {
          const store = await openEventStoreDb({ connectionString, prefix, ...(upcasters && { upcasters }) });
          opened.push(store);
          return store;
        },
        // Not waited for: a test leaves a handler that never ends, as a killed process would.
        close: async () => opened.forEach((store) => void store.close()),
      };
    },
    { ordersCalls: false, hasUniqueIds: false },
  );

  it('keeps stores of different prefixes apart', async () => {
    const [gb, al] = await Promise.all(
      [newStorePrefix(), newStorePrefix()].map((prefix) => openEventStoreDb({ connectionString, prefix })),
    );
    await gb!.append('s', 'no-stream', [released('of GB')]);
    await al!.append('s', 'no-stream', [released('of AL')]);
    expect(names(await gb!.readAll(null, 10))).toEqual(['of GB']);
    await expect(al!.countPublished(null)).resolves.toBe(1);
    await expect(al!.find(idOf('of GB'))).resolves.toBeNull();
    await Promise.all([gb!.close(), al!.close()]);
  });

  it('takes no append for the repetition of another one, not even where its events have the same ids', async () => {
    const store = await openEventStoreDb({ connectionString, prefix: newStorePrefix() });
    await store.append('s', 'no-stream', [event('a', { data: { name: 'first' } })]);
    const second = store.append('s', 'no-stream', [event('a', { data: { name: 'second' } })]);
    await expect(second).rejects.toMatchObject({ name: 'WrongExpectedVersion', current: 1 });
    expect(names(await store.readStream('s'))).toEqual(['first']);
    await store.close();
  });

  it('stores nothing of an append that is too large', async () => {
    const store = await openEventStoreDb({ connectionString, prefix: newStorePrefix() });
    const large = event('large', { data: { text: 'x'.repeat(20 * 1024 * 1024) } });
    await expect(store.append('s', 'no-stream', [event('a'), large])).rejects.toThrow();
    await expect(store.append('s', 'no-stream', [event('a')])).resolves.toBe(1);
    await store.close();
  });

  it('gives in all reads of an event the same position', async () => {
    const store = await openEventStoreDb({ connectionString, prefix: newStorePrefix() });
    await store.append('s', 'no-stream', [released('a'), released('b')]);
    const positions = (await store.readAll(null, 10)).map(({ position }) => position);
    expect((await store.readStream('s')).map(({ position }) => position)).toEqual(positions);
    expect([await store.find(idOf('a')), await store.find(idOf('b'))]).toEqual(positions);
    await store.close();
  });

  it('finds an event also where more was written since than it looks through from the end', async () => {
    const prefix = newStorePrefix();
    const store = await openEventStoreDb({ connectionString, prefix });
    await store.append('s', 'no-stream', [event('a'), event('b'), event('c')]);
    const client = openClient(connectionString);
    await expect(find(client, prefix, idOf('a'), 2)).resolves.toBe((await store.readAll(null, 1))[0]!.position);
    await expect(find(client, prefix, idOf('nothing'), 2)).resolves.toBeNull();
    await Promise.all([store.close(), closeClient(client)]);
  });
});

noteAdapter('event-store', 'EventStoreDB', unavailable);
