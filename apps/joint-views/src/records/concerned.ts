import type { ChangeSet } from './change-set.ts';
import type { RecordState } from './record.ts';
import type { View } from './view.ts';

/** The views that these changes can mean anything to: a kind of record that one of them is told of is among theirs. */
export function concerned({ views, changes }: ChangeSet, before: ReadonlyMap<string, RecordState>): View[] {
  const kinds = new Set([...before.values()].map(({ kind }) => kind));
  for (const change of changes) if (change.change === 'put') kinds.add(change.kind);
  return views.filter((view) => kindsOf(view, views).some((kind) => kinds.has(kind)));
}

/** Of the records that its events are about, and of those that its parts are parts of. */
function kindsOf(view: View, views: readonly View[]): string[] {
  const whole = new Set((view.parts ?? []).map(({ wholes }) => wholes));
  const wholes = views.filter(({ tables }) => tables.some(({ name }) => whole.has(name)));
  const types = [view, ...wholes].flatMap(({ projections }) => Object.keys(projections));
  return types.flatMap((type) =>
    views.map(({ projections }) => projections[type]?.kind ?? null).filter((kind) => kind !== null),
  );
}
