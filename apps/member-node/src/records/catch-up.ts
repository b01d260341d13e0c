import { setTimeout as sleep } from 'node:timers/promises';
import type { EventMeta, EventStore, StoredEvent } from '#event-store';
import type { Clock } from '#platform';
import type { Consequences } from './consequences.ts';
import type { Listed, OwnLists } from './lists.ts';
import type { Modules } from './modules.ts';
import type { RecordWriter } from './writer.ts';

const BATCH = 500;
const PAUSE_MS = 50;

export interface CatchUpParts {
  store: EventStore;
  lists: OwnLists;
  writer: RecordWriter;
  modules: Modules;
  consequences: Consequences;
  clock: Clock;
}

/**
 * Brings the own lists up to the store's end, and does what a crash may have left undone. Runs before the first command;
 * from then on each append brings the lists along itself. What a transaction elsewhere holds back from readers is waited
 * for: a claim in it may shield what would be released meanwhile.
 */
export const catchUp = async ({ store, lists, writer, modules, consequences, clock }: CatchUpParts): Promise<void> => {
  const event = await lists.applied();
  let position = event === null ? null : await store.find(event);
  for (;;) {
    // Asked first: whatever it says no to, this reads.
    const more = await store.isHeldBack();
    const events = await store.readAll(position, BATCH);
    const listed = await stateOf(events, writer, modules);
    if (events.length > 0) {
      await lists.apply(listed, null);
      const meta: EventMeta = { actor: 'node', at: new Date(clock.now()).toISOString() };
      await consequences.repair(listed, meta);
      await lists.apply([], events.at(-1)!.id);
    }
    position = events.at(-1)?.position ?? position;
    if (events.length === BATCH) continue;
    if (!more) return;
    await sleep(PAUSE_MS);
  }
};

/** The records that these events are of, as they stand now. */
const stateOf = async (events: readonly StoredEvent[], writer: RecordWriter, modules: Modules): Promise<Listed[]> => {
  const found = new Map([...new Set(events.map(({ stream }) => stream))].map((s) => [s, modules.find(s)]));
  const records = [...found.values()].filter((one) => one !== null);
  const listed: Listed[] = [];
  for (const [module, ofKind] of Map.groupBy(records, ({ module }) => module)) {
    const loaded = await writer.loadMany(
      module,
      ofKind.map(({ id }) => id),
    );
    listed.push(...(await writer.listed([...loaded.values()])));
  }
  return listed;
};
