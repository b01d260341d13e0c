import type { Profile, Thresholds } from '#dna';
import type { Sql } from '#sql';
import { Conditions } from '../reading/conditions.ts';
import { stampOf, type ListRow, type PageAsked } from '../reading/keyset.ts';
import type { Word } from './follow-up.ts';

/** Thresholds by member; of a member that isn't in it, the rule's own. */
export type MemberThresholds = Readonly<Record<string, Thresholds>>;

interface Side {
  record: string;
  originator: string;
  reference: string;
  profile: Profile;
}

export interface HitRow extends ListRow {
  quality: 1 | 2 | 3 | 4;
  matched: number;
  searcher: string;
  own: Side;
  other: Side;
}

const side = (of: string): string =>
  `json_build_object('record', ${of}.record, 'originator', ${of}.originator, 'reference', ${of}.reference, 'profile', ${of}.profile)`;

const SEARCHES = 'views.dna_searches(p.kind, p.released_at, p.record, o.kind, o.released_at, o.record)';

/**
 * Hits that the viewer may know of: row-level security leaves those whose two profiles it may see and the other member
 * may, too. Between two of its own profiles a hit stands once. $1: thresholds.
 */
const HITS = `
  select h.hit, h.quality, h.matched, ${side('p')} as own, ${side('o')} as other, s.searcher,
    greatest(p.updated_at, p.not_before, o.updated_at, o.not_before,
      (select max(w.at) from views.dna_said(array[h.hit]) w)) as at
  from views.dna_hits h
  join views.dna_profiles p on p.record = h.record
  join views.dna_profiles o on o.record = h.other
  cross join lateral (select case when ${SEARCHES} then p.originator else o.originator end as searcher) s
  where (p.originator <> o.originator or ${SEARCHES})
    and h.matched >= coalesce(($1::jsonb -> s.searcher ->> 'loci')::int, 0)
    and h.quality <= coalesce(($1::jsonb -> s.searcher ->> 'quality')::int, 4)`;

const select = (where: string): string =>
  `select x.hit as id, ${stampOf('x.at')}, x.quality, x.matched, x.searcher, x.own, x.other from (${HITS}) x ${where}`;

/** One more than asked, newest first: by when what can be seen of them last changed. */
export const listHits = (sql: Sql, thresholds: MemberThresholds, { limit, after }: PageAsked): Promise<HitRow[]> => {
  const where = new Conditions();
  const given = where.param(JSON.stringify(thresholds));
  if (given !== '$1') throw new Error('The thresholds are the first parameter');
  if (after) where.and(`(x.at, x.hit) < (${where.param(after.stamp)}::timestamptz, ${where.param(after.id)}::uuid)`);
  const page = where.param(limit + 1);
  return sql.query<HitRow>(select(`where ${where} order by x.at desc, x.hit desc limit ${page}::int`), where.params);
};

export const findHit = (sql: Sql, thresholds: MemberThresholds, id: string): Promise<HitRow[]> =>
  sql.query<HitRow>(select('where x.hit = $2::uuid'), [JSON.stringify(thresholds), id]);

/** What counts of what was said of these hits. */
export const wordsOn = (sql: Sql, hits: readonly string[]): Promise<(Word & { hit: string })[]> =>
  sql.query('select hit, record, originator, kind, at, detail from views.dna_said($1::uuid[])', [hits]);

/** How many profiles the viewer may see. */
export const profilesSeen = async (sql: Sql): Promise<number> => {
  const [row] = await sql.query<{ count: number }>('select count(*)::int as count from views.dna_profiles');
  return row!.count;
};
