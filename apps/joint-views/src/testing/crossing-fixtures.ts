import type { CrossingContent } from '#contracts';
import type { Database } from '#sql';
import { crossingRows } from '../crossings/crossings.view.ts';
import { own, putRecord, uuid, type RecordGiven } from './fixtures.ts';
import { insertRows } from './tables.ts';

export type CrossingGiven = Partial<RecordGiven> & { content: CrossingContent };

let made = 0;

/** Counts, as their events would leave them: for statistics, released to AL and XK, unless told otherwise. */
export const putCrossings = async (db: Database, given: readonly CrossingGiven[]): Promise<string[]> => {
  const tables: Record<'crossings' | 'crossing_nationalities', object[]> = {
    crossings: [],
    crossing_nationalities: [],
  };
  const ids: string[] = [];
  for (const { content, ...rest } of given) {
    const id = rest.id ?? uuid(600_000 + (made += 1));
    const recordGiven: RecordGiven = { category: 'crossing', purposes: ['statistics'], ...rest, id };
    const { record, access, times } = own(recordGiven);
    const event = { id, type: '', record: id, originator: record.originator, at: times.updated_at, access: null };
    const rows = crossingRows({ ...event, content });
    await putRecord(db, recordGiven, 'crossing');
    const follows = { ...times, handling_codes: record.handlingCodes };
    tables.crossings.push(...rows['crossings']!.map((row) => ({ ...access, ...follows, ...row })));
    tables.crossing_nationalities.push(...rows['crossing_nationalities']!.map((row) => ({ ...access, ...row })));
    ids.push(id);
  }
  await insertRows(db, 'views.crossings', tables.crossings);
  await insertRows(db, 'views.crossing_nationalities', tables.crossing_nationalities);
  return ids;
};
