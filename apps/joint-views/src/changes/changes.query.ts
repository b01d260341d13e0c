import { CATEGORIES, type Category } from '#contracts';
import type { Sql } from '#sql';
import { LIVE } from '../intake/schema.ts';
import type { Keyset } from '../reading/keyset.ts';

/** The kinds of records that a feed is about: those that lists show, each by the table of its view. */
export const FED: Readonly<Record<string, { table: string; version: string; at: string }>> = {
  report: { table: 'reports', version: 't.version::text', at: 't.updated_at' },
  // What its participants did is a part of it, where this viewer may see that.
  operation: {
    table: 'operations',
    version: `t.version || ' ' || coalesce((
      select md5(string_agg(c.record::text, ',' order by c.record))
      from ${LIVE}.contributions c where c.operation = t.record), '')`,
    at: 't.updated_at',
  },
};

const words = CATEGORIES.map((category) => `'${category}'`).join(', ');
/** As the reader role sees them. */
const SHOWN = Object.values(FED)
  .map(
    ({ table, version, at }) => `
    select t.record, (array[${words}])[t.grant_key % 8 + 1] as category, ${version} as version,
      greatest(${at}, t.not_before) as at
    from ${LIVE}.${table} t`,
  )
  .join(' union all ');

const FEED = `
  select record as id, originator, category, kind, stamp from consultation.feed(
    $1, $2, $3, $4::timestamptz,
    (select coalesce(jsonb_agg(jsonb_build_object(
      'record', s.record, 'category', s.category, 'version', s.version, 'at', s.at)), '[]') from (${SHOWN}) s),
    $5::text[], $6::timestamptz, $7::uuid, $8::int)`;

export interface ChangeRow extends Keyset {
  originator: string | null;
  category: Category;
  kind: 'upserted' | 'withdrawn';
}

export interface FeedAsked {
  member: string;
  purpose: string;
  clearance: string;
  /** Milliseconds since the epoch. */
  now: number;
  limit: number;
  after: Keyset | null;
}

/** What is new of this feed after that place, oldest first. Moves the feed on to what may be seen now. */
export const changesSince = (sql: Sql, asked: FeedAsked): Promise<ChangeRow[]> => {
  const { member, purpose, clearance, now, limit, after } = asked;
  const place = [after?.stamp ?? null, after?.id ?? null];
  return sql.query(FEED, [member, purpose, clearance, new Date(now), Object.keys(FED), ...place, limit]);
};
