import { expect, it } from '@jest/globals';
import type { StoredEvent } from '#event-store';
import { catchUp, type CatchUpParts } from './catch-up.ts';

const event = (id: string): StoredEvent => ({
  ...{ id, stream: `report-${id}`, version: 1, position: id, type: 'report-submitted.v1', data: {} },
  meta: { actor: 'u', at: '2026-01-01T00:00:00Z' },
});

/** Parts over events that readers get so many of at each reading. */
const parts = (events: StoredEvent[], readable: number[]) => {
  const listed: string[] = [];
  const remembered: string[] = [];
  let shown = 0;
  const store = {
    find: async () => null,
    isHeldBack: async () => (readable[0] ?? events.length) < events.length,
    readAll: async (after: string | null) => {
      shown = readable.shift() ?? events.length;
      return events.slice(events.findIndex(({ position }) => position === after) + 1, shown);
    },
  };
  const lists = {
    applied: async () => null,
    apply: async (given: { id: string }[], upTo: string | null) => {
      listed.push(...given.map(({ id }) => id));
      if (upTo !== null) remembered.push(upTo);
    },
  };
  const writer = {
    loadMany: async (_: unknown, ids: string[]) => new Map(ids.map((id) => [id, { id }])),
    listed: async (loaded: unknown[]) => loaded,
  };
  const module = {};
  const modules = { find: (stream: string) => ({ module, id: stream.replace('report-', '') }) };
  const rest = { consequences: { repair: async () => {} }, clock: { now: () => 0 } };
  return { listed, remembered, given: { store, lists, writer, modules, ...rest } as unknown as CatchUpParts };
};

const EVENTS = ['a', 'b', 'c'].map(event);

it('ends at the first short page where nothing is held back from readers', async () => {
  const { given, listed, remembered } = parts(EVENTS, []);
  await catchUp(given);
  expect([listed, remembered]).toEqual([['a', 'b', 'c'], ['c']]);
});

it('waits for what a transaction elsewhere holds back, and lists it once', async () => {
  const { given, listed, remembered } = parts(EVENTS, [1, 1, 0, 2]);
  await catchUp(given);
  expect([listed, remembered]).toEqual([
    ['a', 'b', 'c'],
    ['a', 'b', 'c'],
  ]);
});
