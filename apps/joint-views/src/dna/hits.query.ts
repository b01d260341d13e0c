import type { Profile } from '#dna';
import type { Sql } from '#sql';
import { stampOf, type ListRow, type PageAsked } from '../reading/keyset.ts';
import type { Word } from './follow-up.ts';
import type { MemberThresholds } from './thresholds.ts';

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
  `json_build_object('record', x.${of}, 'originator', x.${of}_originator, 'reference', x.${of}_reference, 'profile', x.${of}_profile)`;

const columnsOf = (table: string, as: string): string =>
  ['originator', 'reference', 'profile'].map((name) => `${table}.${name} as ${as}_${name}`).join(', ');

/**
 * Hits that the viewer may know of: whose two profiles it may see, which is row-level security's business, and the other
 * member may, too. Between two of its own profiles a hit stands once. $1: thresholds, $2: one hit, or null for all.
 */
const HITS = `
  select h.hit, h.quality, h.matched, s.searcher, p.record as own, ${columnsOf('p', 'own')},
    o.record as other, ${columnsOf('o', 'other')},
    greatest(p.updated_at, p.not_before, o.updated_at, o.not_before, w.at) as at
  from views.dna_shared($2::uuid) h
  join views.dna_profiles p on p.record = h.record
  join views.dna_profiles o on o.record = h.other
  cross join lateral (select case when h.searches then p.originator else o.originator end as searcher) s
  left join (select hit, max(at) as at from views.dna_said(null) group by hit) w on w.hit = h.hit
  where (p.originator <> o.originator or h.searches)
    and h.matched >= coalesce(($1::jsonb -> s.searcher ->> 'loci')::int, 0)
    and h.quality <= coalesce(($1::jsonb -> s.searcher ->> 'quality')::int, 4)`;

const select = (rows: string): string =>
  `select x.hit as id, ${stampOf('x.at')}, x.quality, x.matched, x.searcher, ${side('own')} as own, ${side('other')} as other
   from (${rows}) x order by x.at desc, x.hit desc`;

/** One more than asked, newest first: by when what can be seen of them last changed. */
export const listHits = (sql: Sql, thresholds: MemberThresholds, { limit, after }: PageAsked): Promise<HitRow[]> =>
  sql.query<HitRow>(
    select(`select * from (${HITS}) y
      where $3::timestamptz is null or (y.at, y.hit) < ($3::timestamptz, $4::uuid)
      order by y.at desc, y.hit desc limit $5::int`),
    [JSON.stringify(thresholds), null, after?.stamp ?? null, after?.id ?? null, limit + 1],
  );

export const findHit = (sql: Sql, thresholds: MemberThresholds, id: string): Promise<HitRow[]> =>
  sql.query<HitRow>(select(HITS), [JSON.stringify(thresholds), id]);

/** What counts of what was said of these hits. */
export const wordsOn = (sql: Sql, hits: readonly string[]): Promise<(Word & { hit: string })[]> =>
  sql.query('select hit, record, originator, kind, at, detail from views.dna_said($1::uuid[])', [hits]);

/** How many profiles the viewer may see. */
export const profilesSeen = async (sql: Sql): Promise<number> => {
  const [row] = await sql.query<{ count: number }>('select count(*)::int as count from views.dna_profiles');
  return row!.count;
};
