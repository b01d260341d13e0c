import type { Database } from '#sql';
import { randomFrom } from '../access/random.ts';
import { empty, firstDifference } from './copies.ts';
import { Play } from './play.ts';
import { scenarioOf } from './scenario.ts';

/** Plays one seed's world. Answers what isn't as a pure rebuild has it; null where all is. */
export async function playSeed(db: Database, seed: number): Promise<string | null> {
  await empty(db);
  const play = new Play(db, scenarioOf(seed), randomFrom(seed ^ 0x5eed));
  try {
    await play.run();
    await play.rebuild();
    return await firstDifference(db);
  } catch (error) {
    return error instanceof Error ? (error.stack ?? error.message) : String(error);
  }
}
