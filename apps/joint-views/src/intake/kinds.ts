import type { View } from '../records/view.ts';
import type { Kinds } from './changes.ts';

/** What each type of event makes, from all views: one of them makes the record, others may add rows of their own. */
export function kindsOf(views: readonly View[]): Kinds {
  const kinds: Kinds = new Map();
  for (const [type, { kind, rows }] of views.flatMap(({ projections }) => Object.entries(projections))) {
    const known = kinds.get(type) ?? { kind: null, projections: [] };
    kinds.set(type, { kind: known.kind ?? kind, projections: [...known.projections, rows] });
  }
  return kinds;
}
