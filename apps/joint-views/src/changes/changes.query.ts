import { CATEGORIES, type Category } from '#contracts';
import type { Sql } from '#sql';
import { LIVE } from '../intake/schema.ts';
import type { Keyset } from '../reading/keyset.ts';
import { VIEWS } from '../views.ts';

/** What a feed is about: the records that lists show, each by the table of its view. */
export const FEEDS = VIEWS.flatMap(({ feeds = [] }) => feeds);

const KINDS = FEEDS.map(({ kind, own }) => (own ? `${kind} of its own` : kind));
const words = CATEGORIES.map((category) => `'${category}'`).join(', ');
/** As the reader role sees them. */
const SHOWN = FEEDS.map(
  ({ table, version = 't.version::text', join = '' }) => `
    select t.record, (array[${words}])[t.grant_key % 8 + 1] as category, ${version} as version,
      greatest(t.updated_at, t.not_before) as at
    from ${LIVE}.${table} t ${join}`,
).join(' union all ');

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
  return sql.query(FEED, [member, purpose, clearance, new Date(now), KINDS, ...place, limit]);
};
