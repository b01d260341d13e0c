import { commonPlaces, genotypeOf, matchProbability } from '#dna';
import type { Sql } from '#sql';
import type { Seen } from '../consultation/entry.ts';
import { followUp, type FollowUp, type Word } from './follow-up.ts';
import { profilesSeen, wordsOn, type HitRow } from './hits.query.ts';

export interface DescribedHits {
  items: object[];
  records: Seen[];
}

/** Hits as the interface shows them: two references, and nothing of anybody. Two statements more, however many. */
export async function describeHits(sql: Sql, rows: readonly HitRow[], now: number): Promise<DescribedHits> {
  if (rows.length === 0) return { items: [], records: [] };
  const said = Map.groupBy(
    await wordsOn(
      sql,
      rows.map(({ id }) => id),
    ),
    ({ hit }) => hit,
  );
  const seen = await profilesSeen(sql);
  const items = rows.map((row) => itemOf(row, followUp(said.get(row.id) ?? [], now), seen));
  return { items, records: rows.flatMap(recordsOf) };
}

const recordsOf = ({ own, other }: HitRow): Seen[] =>
  [own, other].map(({ record, originator }) => ({ record, originator }));

const itemOf = (row: HitRow, { state, due }: FollowUp, seen: number) => ({
  id: row.id,
  quality: row.quality,
  loci: row.matched,
  own: row.own.reference,
  other: { member: row.other.originator, reference: row.other.reference },
  searcher: row.searcher,
  state,
  ...(due && { due: due.toISOString() }),
  expectedAdventitious: expected(row, seen),
  updatedAt: new Date(row.stamp).toISOString(),
});

/** How many of the profiles that this viewer may see would meet its own by chance, at as many loci and as well. */
function expected({ own, other, quality }: HitRow, seen: number): number {
  const genotype = genotypeOf(own.profile);
  const places = commonPlaces(genotype, genotypeOf(other.profile));
  return Number((matchProbability(genotype, places, quality) * Math.max(1, seen - 1)).toPrecision(3));
}

/** One hit: with what was sent, to the member that asked for it and the one that sent it. */
export async function describeHit(sql: Sql, row: HitRow, now: number) {
  const { items, records } = await describeHits(sql, [row], now);
  const words: Word[] = await wordsOn(sql, [row.id]);
  const { answer } = followUp(words, now);
  if (!answer) return { answer: items[0]!, records };
  const told = answer.kind === 'data-sent' ? { data: answer.detail } : { refusal: answer.detail };
  const { record, originator } = answer;
  return { answer: { ...items[0]!, ...told }, records: [...records, { record, originator }] };
}
