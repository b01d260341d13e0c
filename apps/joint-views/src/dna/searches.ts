import { SearchEngine } from '#dna';

/** The live copy's, and that of one that is built beside it; more there are only where many are in one process. */
const MOST = 3;

const searches = new Map<string, SearchEngine>();

/** How many of the places that were given up each has forgotten. */
export const forgotten = new WeakMap<SearchEngine, number>();

/** Whether this process has a search of that copy. */
export const hasSearchOf = (copy: string): boolean => searches.has(copy);

/** The search of a copy of the views, by that copy's id: empty where this process has none yet. */
export function searchOf(copy: string): SearchEngine {
  const known = searches.get(copy);
  searches.delete(copy);
  const engine = known && !known.ended ? known : new SearchEngine();
  // The one that was asked last stands last.
  searches.set(copy, engine);
  for (const [id, old] of searches) {
    if (searches.size <= MOST) break;
    searches.delete(id);
    void old.close();
  }
  return engine;
}
