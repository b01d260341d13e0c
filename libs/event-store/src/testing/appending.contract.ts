import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { WrongExpectedVersion, type EventStore } from '../port.ts';
import { event, idOf, names, readUntil, released, type EventStoreHarness } from './harness.ts';

/** Appending, expected versions, and reading streams. */
export function appendingContract(
  setup: () => Promise<EventStoreHarness>,
  { ordersCalls, hasUniqueIds }: { ordersCalls: boolean; hasUniqueIds: boolean },
): void {
  const whereUnique = hasUniqueIds ? it : it.skip;
  /** As they came, or sorted where that is chance. */
  const inOrder = (all: string[]) => (ordersCalls ? all : all.toSorted());
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

  describe('append', () => {
    it('counts versions from 1, and gives back what it was given', async () => {
      const odd = event('odd', {
        data: { b: 1, a: ['\u0000', '"\\', '\ud800', 'Хоџа', { ['__proto__']: 1 }], ' ': null, '': {} },
      });
      const spaced = event('spaced', {
        publish: '{ "b":1,\t"a":"\\u0000 Џ" }',
        meta: { actor: 'a', at: '2025-05-15T10:00:00Z', command: 'c' },
      });
      await expect(store.append('report-1', 'no-stream', [odd])).resolves.toBe(1);
      await expect(store.append('report-1', 1, [event('second'), spaced])).resolves.toBe(3);

      const stored = await store.readStream('report-1');
      expect(stored).toEqual([
        { ...odd, stream: 'report-1', version: 1, position: expect.any(String) },
        { ...event('second'), stream: 'report-1', version: 2, position: expect.any(String) },
        { ...spaced, stream: 'report-1', version: 3, position: expect.any(String) },
      ]);
      expect(JSON.stringify(stored[0]!.data)).toBe(JSON.stringify(odd.data));
    });

    it('answers an empty list where there is no stream', async () => {
      await expect(store.readStream('report-0')).resolves.toEqual([]);
    });

    it.each([
      ['no-stream', 'there', 1],
      [0, 'there', 1],
      [2, 'there', 1],
      [1, 'not-there', 0],
    ] as const)('refuses expected %p on a stream that is %s', async (expected, stream, current) => {
      await store.append('there', 'no-stream', [event('first')]);
      const refused = store.append(stream, expected, [event('refused')]);
      await expect(refused).rejects.toBeInstanceOf(WrongExpectedVersion);
      await expect(refused).rejects.toMatchObject({ stream, expected, current });
      await store.append('last', 'no-stream', [event('last')]);
      expect(names(await readUntil(2, () => store.readAll(null, 10)))).toEqual(['first', 'last']);
    });

    it('takes any version where any is expected, also none', async () => {
      await expect(store.append('s', 'any', [event('a')])).resolves.toBe(1);
      await expect(store.append('s', 'any', [event('b'), event('c')])).resolves.toBe(3);
    });

    it('lets one of many creators win, and tells the others the version', async () => {
      const creators = await Promise.all(Array.from({ length: 8 }, () => harness.open()));
      const outcomes = await Promise.allSettled(
        creators.map((each, i) => each.append('s', 'no-stream', [event(`c${i}`)])),
      );
      const losers = outcomes
        .filter((outcome) => outcome.status === 'rejected')
        .map((outcome) => outcome.reason as unknown);
      expect(losers).toEqual(
        Array.from({ length: 7 }, () => expect.objectContaining({ name: 'WrongExpectedVersion', current: 1 })),
      );
      await expect(store.readStream('s')).resolves.toHaveLength(1);
      await Promise.all(creators.map((each) => each.close()));
    });

    it('lets one of many writers at the same version win', async () => {
      await store.append('s', 'no-stream', [event('first')]);
      const outcomes = await Promise.allSettled(
        Array.from({ length: 8 }, (_, i) => store.append('s', 1, [event(`w${i}`)])),
      );
      expect(outcomes.filter((outcome) => outcome.status === 'fulfilled')).toHaveLength(1);
      expect((await store.readStream('s')).map(({ version }) => version)).toEqual([1, 2]);
    });

    it('loses none of many writers that expect any version', async () => {
      await Promise.all(
        Array.from({ length: 20 }, (_, i) => store.append('s', 'any', [event(`w${i}a`), event(`w${i}b`)])),
      );
      const stored = await store.readStream('s');
      expect(stored.map(({ version }) => version)).toEqual(Array.from({ length: 40 }, (_, i) => i + 1));
    });

    whereUnique('appends all events of a call or none', async () => {
      await store.append('s', 'no-stream', [event('a')]);
      await expect(store.append('t', 'no-stream', [event('b'), event('a')])).rejects.toThrow();
      await expect(store.readStream('t')).resolves.toEqual([]);
      await expect(store.append('t', 'no-stream', [event('b')])).resolves.toBe(1);
    });
  });

  describe('appendMany', () => {
    it('judges each stream by itself, and a stream named twice in the order of the call', async () => {
      await store.append('old', 'no-stream', [event('o1')]);
      const outcomes = await store.appendMany([
        { stream: 'new', expected: 'no-stream', events: [event('n1'), event('n2')] },
        { stream: 'old', expected: 'no-stream', events: [event('x1')] },
        { stream: 'old', expected: 1, events: [event('o2')] },
        { stream: 'missing', expected: 3, events: [event('x2')] },
        { stream: 'new', expected: 'no-stream', events: [event('x3')] },
        { stream: 'new', expected: 2, events: [event('n3')] },
        { stream: 'old', expected: 'any', events: [event('o3')] },
        { stream: 'empty', expected: 'any', events: [] },
      ]);
      expect(outcomes).toEqual([
        { ok: true, version: 2 },
        { ok: false, current: 1 },
        { ok: true, version: 2 },
        { ok: false, current: 0 },
        { ok: false, current: 2 },
        { ok: true, version: 3 },
        { ok: true, version: 3 },
        { ok: true, version: 0 },
      ]);
      const all = names(await readUntil(6, () => store.readAll(null, 20)));
      expect(inOrder(all)).toEqual(inOrder(['o1', 'n1', 'n2', 'o2', 'n3', 'o3']));
      const streams = await store.readStreams(['new', 'old', 'missing', 'empty']);
      expect([...streams.keys()].sort()).toEqual(['new', 'old']);
      expect(names(streams.get('new')!)).toEqual(['n1', 'n2', 'n3']);
      expect(names(streams.get('old')!)).toEqual(['o1', 'o2', 'o3']);
    });

    it('appends thousands at once, in the order of the call where the store orders calls', async () => {
      const appends = Array.from({ length: 3000 }, (_, i) => ({
        stream: `s-${(i * 7919) % 3000}`,
        expected: 'no-stream' as const,
        events: [event(`e${i}`)],
      }));
      const outcomes = await store.appendMany(appends);
      expect(outcomes.every((outcome) => outcome.ok && outcome.version === 1)).toBe(true);
      const all = names(await readUntil(3000, () => store.readAll(null, 3001)));
      expect(inOrder(all)).toEqual(inOrder(Array.from({ length: 3000 }, (_, i) => `e${i}`)));
      const again = await store.appendMany(appends);
      expect(again.every((outcome) => !outcome.ok && outcome.current === 1)).toBe(true);
    });

    it('does not let calls over the same streams block each other for good', async () => {
      const streams = Array.from({ length: 12 }, (_, i) => `s${i}`);
      const call = (n: number, order: string[]) =>
        store.appendMany(
          order.map((stream) => ({ stream, expected: 'any' as const, events: [event(`${n}-${stream}`)] })),
        );
      await Promise.all(Array.from({ length: 12 }, (_, n) => call(n, n % 2 ? streams : streams.toReversed())));
      const stored = await store.readStreams(streams);
      expect([...stored.values()].map((events) => events.length)).toEqual(streams.map(() => 12));
    });

    it('has nothing to do for no appends', async () => {
      await expect(store.appendMany([])).resolves.toEqual([]);
    });
  });

  describe('what is released', () => {
    it('reads, counts and finds it from any position', async () => {
      await store.append('a', 'no-stream', [event('private'), released('r1')]);
      await store.append('b', 'no-stream', [released('r2'), event('private too'), released('r3')]);
      const all = await readUntil(3, () => store.readPublished(null, 10));
      expect(all.map(({ id }) => id)).toEqual([idOf('r1'), idOf('r2'), idOf('r3')]);
      expect(all[0]!.publish).toBe(released('r1').publish);
      await expect(store.readPublished(null, 2)).resolves.toEqual(all.slice(0, 2));
      await expect(store.countPublished(null)).resolves.toBe(3);

      const position = await store.find(idOf('r1'));
      expect(position).toBe(all[0]!.position);
      await expect(store.readPublished(position, 10)).resolves.toEqual(all.slice(1));
      await expect(store.countPublished(position)).resolves.toBe(2);
      await expect(store.find(idOf('nothing'))).resolves.toBeNull();
    });
  });
}
