import type { Database } from '#sql';
import { casesOf, disagrees, type Case } from './compare.ts';
import type { World } from './world.ts';

/** The same disagreement in the smallest world that still shows it: one record, one viewer, what they need. */
export async function shrink(db: Database, found: Case): Promise<Case> {
  let smallest = { ...found, world: { ...found.world, records: [found.record], askings: [found.asking] } };
  const lists = ['agreements', 'members', 'withheldSources'] as const;
  for (const list of lists) {
    for (const item of smallest.world[list]) {
      const rest = (smallest.world[list] as unknown[]).filter((other) => other !== item);
      const still = await tryIn(db, { ...smallest.world, [list]: rest });
      if (still) smallest = still;
    }
  }
  return smallest;
}

async function tryIn(db: Database, world: World): Promise<Case | undefined> {
  // The database can't hold a record of an originator that has no bit.
  if (world.records.some(({ originator }) => !world.members.some(({ code }) => code === originator))) return undefined;
  return (await casesOf(db, world)).find(disagrees);
}

/** A disagreement as a person reads it. */
export function describeCase({ world, record, asking, decided, expected, found }: Case): string {
  const times = (_: string, value: unknown) =>
    typeof value === 'number' && value > 1e12 ? new Date(value).toISOString() : value;
  const { seed, members, agreements, withheldSources } = world;
  const { words, amendments, revokedFrom, leave } = world.history;
  const history = {
    ...{ words: words[record.id], revokedFrom },
    amendments: Object.fromEntries(agreements.map(({ id }) => [id, amendments[id]])),
    leave: leave.filter((one) => one.record === record.id),
  };
  return JSON.stringify(
    { seed, decided, oracle: expected, rowFound: found, asking, record, members, agreements, withheldSources, history },
    times,
    2,
  );
}
