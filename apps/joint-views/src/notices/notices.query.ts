import { CLASSIFICATIONS, uuidv8, type Classification } from '#contracts';
import type { Sql } from '#sql';
import { CHECKED, isOfCheck } from '../documents/checked.query.ts';
import type { Keyset, ListRow, PageAsked } from '../reading/keyset.ts';
import { voidables } from '../records/parts.ts';
import { VIEWS } from '../views.ts';
import { takenFrom, tells } from './taken.ts';

export type NoticeKind = 'recall' | 'claim-void' | 'deconfliction' | 'permission-request' | 'document-checked';

export interface NoticeRow extends ListRow {
  kind: NoticeKind;
  record: string;
  at: Date;
  contact: string | null;
  acknowledged: boolean;
}

export interface NoticesAsked {
  member: string;
  clearance: Classification;
  /** Milliseconds since the epoch. */
  now: number;
  /** Originators whose records are withheld as a whole. */
  withheld: readonly string[];
}

/** Of a member that had been served a record: every time that it was taken from it. $1: the member. */
const TAKEN = `
  select 'recall' as kind, w.record, w.sequence, w.at, array[w.record::text, w.event::text] as sources
  from views.withdrawals w
  join consultation.reads r on r.record = w.record and r.member = $1
  where w.originator <> $1 and r.sequence < w.sequence and ${takenFrom('$1')}`;

/** By whichever way it was taken: by a recall, a release to fewer or a shield, in the same words. */
const RECALLS = `
  select w.kind, w.record, w.at, w.sources, null::text as contact
  from (${TAKEN}) w join views.records o on o.record = w.record where ${tells('w', 'o')}`;

const IN_VAIN = voidables(VIEWS);

/** What this member said that counts for nothing: the same words for each, whyever it does. */
const VOID_CLAIMS = IN_VAIN.map(
  ({ sql }) => `
  select 'claim-void' as kind, v.target as record, v.at, array[v.record::text] as sources, null::text as contact
  from (${sql}) v`,
);

/** The kinds of records by which a member may say something in vain. */
const SAYINGS = [
  ...IN_VAIN.flatMap(({ kinds }) => kinds),
  'acknowledgement',
  'permission-request',
  'permission-answer',
];

/** Another member asks for leave from a handling code of a record of this member's. */
const REQUESTS = `
  select 'permission-request' as kind, s.target as record, s.at, array[s.record::text] as sources, null::text as contact
  from views.permission_states s where s.originator = $1`;

/**
 * What this member may say that it took note of: what it was told, and what it could be told of its own words and
 * operations, whether or not it was. So nothing about others' records, nor grants nor time, shows in what is void. What it was
 * told of a record before that was erased stays noted; of what it wasn't told then it can't make the notice's id.
 * Checks of its documents, of which there may be any number, are looked up instead.
 */
const NOTABLE = `
  select views.notice_id(array['notice', k.kind, $1] || k.sources) from (
    select kind, sources from (${TAKEN}) taken
    union all
    select kind, sources from (${REQUESTS}) requests
    union all
    select 'claim-void', array[o.record::text] from views.records o
    where o.originator = $1 and o.kind in (${[...new Set(SAYINGS)].map((kind) => `'${kind}'`).join(', ')})
    union all
    select 'deconfliction', array[o.record::text, m.code]
    from views.operations o cross join views.members m where o.originator = $1
  ) k`;

/**
 * What this member said of a notice that isn't there, of a record that it may not see, or of a request that isn't its to
 * answer or to take back: the same words for each, as of the claims above.
 */
const VOID_WORDS = `
  select 'claim-void' as kind, w.target as record, w.at, array[w.record::text] as sources, null::text as contact
  from (
    select n.record, n.notice as target, n.at from views.acknowledgements n
    where n.originator = $1 and n.notice not in (${NOTABLE}) and not ${isOfCheck('n.notice')}
    union all
    select s.record, s.target, s.at from views.permission_states s where s.requester = $1 and s.originator is null
    union all
    select a.record, a.request, a.at from views.permission_answers a
    where a.originator = $1 and not exists (
      select 1 from views.permission_states s where s.record = a.request
        and case a.kind when 'withdrawn' then s.requester else s.originator end = $1)
  ) w`;

/**
 * A target that an operation of this member shares with another lead's: the same entity, or the same document or
 * national identifier. Only under a grant between the two for operations and a purpose of both, and never about a person
 * shielded from this member: by that operation, or by any report that speaks of either entity, or of one with a document
 * of theirs, or by a return or an encounter of such a one; a record that is withheld may hold a shield that could not be read. Set by set, so that the cost follows the
 * operations and what they share, not their pairs. $2: now, $3: withheld.
 */
const SHARED = `
  me as (select bit from views.members where code = $1),
  grants as materialized (
    select distinct party as lead, purpose from views.agreements a, unnest(a.parties) party, unnest(a.purposes) purpose
    where a.state = 'in-force' and a.valid_from <= $2::timestamptz
      and (a.valid_to is null or a.valid_to > $2::timestamptz)
      and $1 = any (a.parties) and party <> $1 and 'operation' = any (a.categories)
  ),
  mine as materialized (
    select o.record, o.released_at, target, purpose
    from views.operations o, unnest(o.targets) target, unnest(o.purpose_codes) purpose
    where o.originator = $1 and o.state = 0
  ),
  theirs as materialized (
    select o.originator as lead, o.released_at, target, purpose
    from views.operations o
    cross join unnest(o.targets) target cross join unnest(o.purpose_codes) purpose
    where o.originator <> $1 and o.state = 0 and not o.withheld and o.originator <> all ($3::text[])
      and o.review_by > $2::timestamptz and (o.not_before is null or o.not_before <= $2::timestamptz)
      and (o.shield >> (select bit from me)) & 1 = 0
  ),
  same as (
    select distinct target, target as entity from mine
    union
    select t.target, other.entity from (select distinct target from mine) t
    join views.identifiers own on own.entity = t.target
    join views.identifiers other on other.kind = own.kind and other.value = own.value
    join views.records ro on ro.record = own.record and ro.state = 0
    join views.records rt on rt.record = other.record and rt.state = 0
  ),
  known as materialized (
    select s.target, s.entity from same s
    where s.entity in (select target from theirs) and not exists (
      select 1 from (
        select unnest(array[s.target, s.entity]) as entity
        union
        select other.entity from views.identifiers own
        join views.identifiers other on other.kind = own.kind and other.value = own.value
        where own.entity in (s.target, s.entity)
      ) same_person
      join views.entities e on e.entity = same_person.entity
      where e.withheld or (e.shield >> (select bit from me)) & 1 = 1)
    and not exists (
      select 1 from views.identifiers own
      join views.person_marks mark on mark.kind = own.kind and mark.value = own.value
      where own.entity in (s.target, s.entity) and (mark.withheld or (mark.shield >> (select bit from me)) & 1 = 1))
  ),
  aimed as materialized (
    select m.record, m.released_at, m.purpose, k.entity from mine m join known k on k.target = m.target
  )`;

const DECONFLICTIONS = `
  select 'deconfliction' as kind, m.record, min(greatest(m.released_at, t.released_at)) as at,
    array[m.record::text, t.lead] as sources, l.contact
  from aimed m
  join theirs t on t.target = m.entity and t.purpose = m.purpose
  join grants g on g.lead = t.lead and g.purpose = m.purpose
  join views.members l on l.code = t.lead
  group by m.record, t.lead, l.contact`;

// `with ties`: ids are made here, so rows of one instant are put in order here.
const NOTICES = `
  with ${SHARED}
  select n.kind, n.record, n.at, n.sources, n.contact,
    to_char(timezone('UTC', n.at), 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as stamp
  from (${[RECALLS, ...VOID_CLAIMS, REQUESTS, VOID_WORDS, DECONFLICTIONS, CHECKED].join(' union all ')}) n
  where exists (select 1 from views.members where code = $1 and state = 'active')
    and ($4::timestamptz is null or n.at <= $4::timestamptz)
  order by n.at desc fetch first ($5::int) rows with ties`;

interface Told extends Omit<NoticeRow, 'id' | 'acknowledged'> {
  sources: string[];
}

/** What a member is told, newest first; one more than asked. Its ids are made of its sources alone. */
export const listNotices = async (sql: Sql, asked: NoticesAsked, { limit, after }: PageAsked): Promise<NoticeRow[]> => {
  // Those of the cursor's own instant that were shown before come again, and are dropped below.
  const shownBefore = after ? await countAt(sql, asked, after) : 0;
  const rows = await told(sql, asked, after?.stamp ?? null, limit + 1 + shownBefore);
  const notices = rows.map(({ sources, ...row }) => ({
    ...row,
    id: uuidv8('notice', row.kind, asked.member, ...sources),
  }));
  const page = notices
    .sort(newestFirst)
    .filter((notice) => !after || newestFirst(after, notice) < 0)
    .slice(0, limit + 1);
  const noted = await acknowledged(
    sql,
    asked.member,
    page.map(({ id }) => id),
  );
  return page.map((notice) => ({ ...notice, acknowledged: noted.has(notice.id) }));
};

const acknowledged = async (sql: Sql, member: string, notices: readonly string[]): Promise<Set<string>> => {
  const rows = await sql.query<{ notice: string }>(
    'select notice from views.acknowledgements where originator = $1 and notice = any ($2::uuid[])',
    [member, notices],
  );
  return new Set(rows.map(({ notice }) => notice));
};

const told = (
  sql: Sql,
  { member, clearance, now, withheld }: NoticesAsked,
  until: string | null,
  count: number,
): Promise<Told[]> => {
  const level = CLASSIFICATIONS.indexOf(clearance);
  return sql.query<Told>(NOTICES, [member, new Date(now), withheld, until, count, level]);
};

const countAt = async (sql: Sql, asked: NoticesAsked, { stamp }: Keyset): Promise<number> => {
  const rows = await told(sql, asked, stamp, 1);
  return rows.filter((row) => row.stamp === stamp).length;
};

const newestFirst = (a: Keyset, b: Keyset): number => compare(b.stamp, a.stamp) || compare(b.id, a.id);
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
