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
 * Of some hits, `h`, that the other member may know of, those that the viewer may, too: whose two profiles it may see, which
 * is row-level security's business. Between two of its own profiles a hit stands once. $1: thresholds.
 */
const SEEN = `
  select h.hit, h.quality, h.matched, s.searcher, p.record as own, ${columnsOf('p', 'own')},
    o.record as other, ${columnsOf('o', 'other')}, h.at
  from views.dna_profiles p
  join views.dna_profiles o on o.record = h.other
  cross join lateral (select case when h.searches then p.originator else o.originator end as searcher) s
  where p.record = h.record and (p.originator <> o.originator or h.searches)
    and h.matched >= coalesce(($1::jsonb -> s.searcher ->> 'loci')::int, 0)
    and h.quality <= coalesce(($1::jsonb -> s.searcher ->> 'quality')::int, 4)`;

const ROW = `x.hit as id, ${stampOf('x.at')}, x.quality, x.matched, x.searcher, ${side('own')} as own, ${side('other')} as other`;

/** At most so many are passed at once. */
const MOST = 1000;

/**
 * Passes hits, newest first, until so many of them are seen: more at once where few are. Whatever it passes, it is one
 * statement: another one would tell of what isn't seen. $2, $3: where the last page ended; $4: how many.
 */
const NEWEST = `
  with recursive step as (
    select $2::timestamptz as at, $3::uuid as hit, $4::int as size, 0 as found, true as more, null::json as seen
    union all
    select p.at, p.hit, least(2 * s.size, ${MOST}), s.found + p.found, p.passed = s.size, p.seen
    from step s cross join lateral (
      select (array_agg(h.at order by h.at, h.hit))[1] as at, (array_agg(h.hit order by h.at, h.hit))[1] as hit,
        count(*)::int as passed, count(x.id)::int as found, json_agg(x.*) filter (where x.id is not null) as seen
      from views.dna_newest(s.at, s.hit, s.size) h
      left join lateral (select ${ROW} from (${SEEN}) x offset 0) x on true
    ) p
    where s.more and s.found < $4
  )
  select r.seen from step cross join lateral json_array_elements(step.seen) as r (seen)
  order by r.seen ->> 'stamp' collate "C" desc, r.seen ->> 'id' collate "C" desc limit $4`;

/** One more than asked, newest first: by when what can be seen of them last changed. A page costs what it holds and passes. */
export async function listHits(sql: Sql, thresholds: MemberThresholds, { limit, after }: PageAsked): Promise<HitRow[]> {
  const given = [JSON.stringify(thresholds), after?.stamp ?? null, after?.id ?? null, limit + 1];
  const rows = await sql.query<{ seen: HitRow }>(NEWEST, given);
  return rows.map(({ seen }) => seen);
}

export const findHit = (sql: Sql, thresholds: MemberThresholds, id: string): Promise<HitRow[]> =>
  sql.query<HitRow>(`select ${ROW} from views.dna_shared($2::uuid) h cross join lateral (${SEEN} offset 0) x`, [
    JSON.stringify(thresholds),
    id,
  ]);

/** What counts of what was said of these hits. */
export const wordsOn = (sql: Sql, hits: readonly string[]): Promise<(Word & { hit: string })[]> =>
  sql.query('select hit, record, originator, kind, at, detail from views.dna_said($1::uuid[])', [hits]);

/** How many profiles the viewer may see. */
export const profilesSeen = async (sql: Sql): Promise<number> => {
  const [row] = await sql.query<{ count: number }>('select count(*)::int as count from views.dna_profiles');
  return row!.count;
};
