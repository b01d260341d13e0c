import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { EventStore, Position, StoredEvent } from '../port.ts';
import { event, names, readUntil, released, until, type EventStoreHarness } from './harness.ts';

const WRITERS = 32;
const APPENDS = 25;

/** The one order of all events: it never changes, and skips nothing. */
export function orderContract(setup: () => Promise<EventStoreHarness>, hasTransactions: boolean): void {
  const whereHeld = hasTransactions ? it : it.skip;
  let harness: EventStoreHarness;
  let store: EventStore;
  beforeEach(async () => {
    harness = await setup();
    store = await harness.open();
  });
  afterEach(async () => {
    await store.close();
    await harness.close();
  });

  describe('the order of all events', () => {
    it('is read in pages, from any position', async () => {
      for (const name of ['a', 'b', 'c', 'd', 'e']) await store.append(name, 'no-stream', [event(name)]);
      const all = await readUntil(5, () => store.readAll(null, 10));
      expect(names(all)).toEqual(['a', 'b', 'c', 'd', 'e']);
      expect(names(await store.readAll(null, 2))).toEqual(['a', 'b']);
      for (const [i, { position }] of all.entries()) {
        await expect(store.readAll(position, 10)).resolves.toEqual(all.slice(i + 1));
      }
    });

    it('refuses a position that it never gave', async () => {
      await expect(async () => store.readAll('yesterday', 10)).rejects.toThrow('position');
    });

    it('is the same after the store is opened again', async () => {
      await store.append('a', 'no-stream', [event('a')]);
      const before = await readUntil(1, () => store.readAll(null, 10));
      const again = await harness.open();
      await again.append('b', 'no-stream', [event('b')]);
      const after = await readUntil(2, () => again.readAll(null, 10));
      expect(after.slice(0, 1)).toEqual(before);
      expect(names(after)).toEqual(['a', 'b']);
      await again.close();
    });

    it('gives all that is stored where nothing is held back', async () => {
      await expect(store.isHeldBack()).resolves.toBe(false);
      await store.append('a', 'no-stream', [event('a 1'), event('a 2')]);
      await until(async () => !(await store.isHeldBack()));
      expect(names(await store.readAll(null, 10))).toEqual(['a 1', 'a 2']);
    });

    whereHeld('is held back by an open transaction, once something is stored behind it', async () => {
      const late = await harness.hold!('late', [event('late')]);
      await expect(store.isHeldBack()).resolves.toBe(false);
      await store.append('early', 'no-stream', [event('early')]);
      await expect(store.isHeldBack()).resolves.toBe(true);
      await late.commit();
      await until(async () => !(await store.isHeldBack()));
      expect(names(await store.readAll(null, 10))).toEqual(['late', 'early']);
    });

    whereHeld('waits for a transaction that began earlier and commits later, and skips nothing', async () => {
      const heard: string[] = [];
      const subscription = await store.subscribe(null, async (events) => void heard.push(...names(events)));
      const late = await harness.hold!('late', [released('late 1'), released('late 2')]);
      await store.append('early', 'no-stream', [released('early')]);

      const before = await store.readAll(null, 10);
      expect(before).toEqual([]);
      await expect(store.readPublished(null, 10)).resolves.toEqual([]);
      await expect(store.readStream('early')).resolves.toHaveLength(1);

      await late.commit();
      const after = await readUntil(3, () => store.readAll(null, 10));
      expect(names(after)).toEqual(['late 1', 'late 2', 'early']);
      await expect(store.readPublished(null, 10)).resolves.toHaveLength(3);
      await store.append('next', 'no-stream', [event('next')]);
      const next = await readUntil(1, () => store.readAll(after.at(-1)!.position, 10));
      expect(names(next)).toEqual(['next']);
      await expect(store.readAll(null, 3)).resolves.toEqual(after);

      await until(() => heard.length === 4);
      expect(heard).toEqual(['late 1', 'late 2', 'early', 'next']);
      await subscription.stop();
    });

    whereHeld('tells of an event again once the transaction that held it back has ended', async () => {
      const late = await harness.hold!('late', [event('late')]);
      const heard: string[] = [];
      const subscription = await store.subscribe(null, async (events) => void heard.push(...names(events)));
      await store.append('early', 'no-stream', [event('early')]);
      await late.kill();
      await until(() => heard.length === 1);
      expect(heard).toEqual(['early']);
      await subscription.stop();
    });

    whereHeld('knows nothing of the events of a killed transaction', async () => {
      const killed = await harness.hold!('killed', [released('killed')]);
      await store.append('other', 'no-stream', [event('other')]);
      await killed.kill();
      expect(names(await readUntil(1, () => store.readAll(null, 10)))).toEqual(['other']);
      await expect(store.countPublished(null)).resolves.toBe(0);
      await expect(store.append('killed', 'no-stream', [released('killed')])).resolves.toBe(1);
      expect(names(await readUntil(2, () => store.readAll(null, 10)))).toEqual(['other', 'killed']);
    });

    it(`skips nothing of ${WRITERS} writers at once, for a reader that follows them`, async () => {
      const total = WRITERS * APPENDS * 2;
      const seen: StoredEvent[] = [];
      const reading = follow(store, seen, total);
      await Promise.all(Array.from({ length: WRITERS }, (_, writer) => write(store, writer)));
      await reading;

      await expect(store.readAll(null, total + 1)).resolves.toEqual(seen);
      expect(new Set(seen.map(({ id }) => id)).size).toBe(total);
      for (const [stream, events] of Map.groupBy(seen, ({ stream }) => stream)) {
        expect([stream, events.map(({ version }) => version)]).toEqual([stream, events.map((_, i) => i + 1)]);
      }
    }, 120_000);
  });
}

/** Each append writes to the writer's own stream and to one that it shares with others. */
async function write(store: EventStore, writer: number): Promise<void> {
  for (let n = 0; n < APPENDS; n++) {
    const outcomes = await store.appendMany([
      { stream: `own-${writer}`, expected: n, events: [event(`own ${writer} ${n}`)] },
      { stream: `shared-${(writer + n) % 5}`, expected: 'any', events: [event(`shared ${writer} ${n}`)] },
    ]);
    expect(outcomes.every(({ ok }) => ok)).toBe(true);
  }
}

async function follow(store: EventStore, seen: StoredEvent[], total: number): Promise<void> {
  let after: Position | null = null;
  await until(async () => {
    const events: StoredEvent[] = await store.readAll(after, 7);
    seen.push(...events);
    after = events.at(-1)?.position ?? after;
    return seen.length >= total;
  }, 110_000);
}
