import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { EventStore, Position } from '../port.ts';
import { event, names, readUntil, until, type EventStoreHarness } from './harness.ts';

/** Subscriptions, wake-ups and upcasting. */
export function subscribingContract(setup: () => Promise<EventStoreHarness>): void {
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

  describe('a subscription', () => {
    it('hears what was there, and what this and another process append', async () => {
      const other = await harness.open();
      await store.append('a', 'no-stream', [event('a1'), event('a2')]);
      const heard: string[] = [];
      const subscription = await store.subscribe(null, async (events) => void heard.push(...names(events)));
      await until(() => heard.length === 2);
      await store.append('a', 2, [event('a3')]);
      await until(() => heard.length === 3);
      await other.append('b', 'no-stream', [event('b1')]);
      await until(() => heard.length === 4);
      expect(heard).toEqual(['a1', 'a2', 'a3', 'b1']);
      await subscription.stop();
      await other.close();
    });

    it('begins after its checkpoint', async () => {
      await store.append('a', 'no-stream', [event('a1'), event('a2'), event('a3')]);
      const [first] = await readUntil(1, () => store.readAll(null, 1));
      const heard: string[] = [];
      const subscription = await store.subscribe(first!.position, async (events) => void heard.push(...names(events)));
      await until(() => heard.length === 2);
      expect(heard).toEqual(['a2', 'a3']);
      await subscription.stop();
    });

    it('gives a batch again when its handler throws', async () => {
      const heard: string[] = [];
      let failures = 2;
      const subscription = await store.subscribe(null, async (events) => {
        heard.push(...names(events));
        if (failures-- > 0) throw new Error('not now');
      });
      await store.append('a', 'no-stream', [event('a1')]);
      await until(() => heard.length === 3);
      await store.append('a', 1, [event('a2')]);
      await until(() => heard.length === 4);
      expect(heard).toEqual(['a1', 'a1', 'a1', 'a2']);
      await subscription.stop();
    });

    it('gives again what a process had applied but not checkpointed when it ended', async () => {
      let checkpoint: Position | null = null;
      const applied: string[] = [];
      await store.append('a', 'no-stream', [event('a1')]);
      const first = await store.subscribe(null, async (events) => {
        applied.push(...names(events));
        if (names(events).includes('a2')) return new Promise(() => {});
        checkpoint = events.at(-1)!.position;
      });
      await until(() => checkpoint !== null);
      await store.append('a', 1, [event('a2')]);
      await until(() => applied.includes('a2'));
      void first;

      const next = await harness.open();
      const second = await next.subscribe(checkpoint, async (events) => {
        applied.push(...names(events));
        checkpoint = events.at(-1)!.position;
      });
      await next.append('a', 2, [event('a3')]);
      await until(() => applied.includes('a3'));
      expect(applied).toEqual(['a1', 'a2', 'a2', 'a3']);
      await second.stop();
      await next.close();
      store = await harness.open();
    });

    it('calls nobody after it has stopped', async () => {
      const heard: string[] = [];
      const stopped = await store.subscribe(null, async (events) => void heard.push(...names(events)));
      await stopped.stop();
      await store.append('a', 'no-stream', [event('a1')]);
      const later: string[] = [];
      const other = await store.subscribe(null, async (events) => void later.push(...names(events)));
      await until(() => later.length === 1);
      expect(heard).toEqual([]);
      await other.stop();
    });

    it('ends with its store', async () => {
      const reader = await harness.open();
      const heard: string[] = [];
      await reader.subscribe(null, async (events) => void heard.push(...names(events)));
      await reader.close();
      await store.append('a', 'no-stream', [event('a1')]);
      expect(heard).toEqual([]);
    });
  });

  describe('onAppend', () => {
    it('tells of appends by this process and by another, until it is stopped', async () => {
      const other = await harness.open();
      let calls = 0;
      const stop = await store.onAppend(() => void calls++);
      await store.append('a', 'no-stream', [event('a1')]);
      await until(() => calls > 0);
      calls = 0;
      await other.append('b', 'no-stream', [event('b1')]);
      await until(() => calls > 0);
      await stop();
      calls = 0;
      await store.append('c', 'no-stream', [event('c1')]);
      expect(calls).toBe(0);
      await other.close();
    });
  });

  describe('an old event', () => {
    it('is read as its newest version, and stays stored as it was', async () => {
      const old = event('old', { type: 'report-titled.v1', data: { title: 'Boats' } });
      await store.append('report-1', 'no-stream', [old, event('other')]);
      const upcasting = await harness.open({
        'report-titled.v1': ({ data }: { data: { title: string } }) => ({
          type: 'report-titled.v2',
          data: { titles: [data.title] },
        }),
        'report-titled.v2': ({ data }: { data: { titles: string[] } }) => ({
          type: 'report-titled.v3',
          data: { titles: data.titles.map((text) => ({ text, language: 'en' })) },
        }),
      });
      const titles = [{ text: 'Boats', language: 'en' }];
      const expected = { ...old, type: 'report-titled.v3', data: { titles }, stream: 'report-1', version: 1 };
      const reads = [
        await upcasting.readStream('report-1'),
        (await upcasting.readStreams(['report-1'])).get('report-1')!,
        await readUntil(2, () => upcasting.readAll(null, 10)),
      ];
      for (const [first, second] of reads) {
        expect(first).toMatchObject(expected);
        expect(second).toMatchObject({ type: 'noted.v1', data: { name: 'other' } });
      }
      await expect(store.readStream('report-1')).resolves.toMatchObject([
        { type: 'report-titled.v1', data: { title: 'Boats' } },
        {},
      ]);
      await upcasting.close();
    });
  });
}
