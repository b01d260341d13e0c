import type { Category } from '#contracts';
import type { Sql } from '#sql';

export interface Gain {
  category: Category;
  records: number;
}

export interface PreviewAsked {
  originator: string;
  /** The newcomer: its code, which needn't be a member's yet. */
  newcomer: string;
  /** RFC 3339; null: of everything. `none`: of nothing more than what names it already. */
  since: string | null | 'none';
  /** Milliseconds since the epoch. */
  now: number;
}

/**
 * By what its codes say, never by today's masks, so that it can be asked of a country that is no member. A member's word on
 * another's record (a claim, a contribution) is seen with that record, so it isn't counted.
 */
const GAINS = `
  select category, count(*)::int as records from views.records
  where originator = $1 and state = 0 and not withheld and review_by > $2::timestamptz
    and not shield_codes && array[lower($3), 'ALL']
    and ($3 = any (audience_codes)
      or (taskforce and $4::boolean and ($5::timestamptz is null or released_at >= $5::timestamptz)))
  group by category order by category`;

/** What a newcomer would gain of this originator's records if an agreement covered it: where nothing, no line. */
export const gainsOf = (sql: Sql, { originator, newcomer, since, now }: PreviewAsked): Promise<Gain[]> =>
  sql.query<Gain>(GAINS, [originator, new Date(now), newcomer, since !== 'none', since === 'none' ? null : since]);
