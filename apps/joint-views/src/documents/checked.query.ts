import { CATEGORIES, PURPOSES } from '#contracts';

const array = (words: readonly string[]): string => `array[${words.map((word) => `'${word}'`).join(', ')}]`;

/** Hits of others' checks on alerts about documents that this member issued, for as long as the log has the check. */
const CHECKS = `
  consultation.document_checks c
  cross join lateral (
    select d.* from views.document_alerts d
    where d.record = c.record and d.issuing_state = $1
      and exists (select from consultation.entries e where e.id = c.entry)
    offset 0
  ) a
  where c.state = $1`;

/** Whether a notice is of such a hit: one that this member may take note of. */
export const isOfCheck = (notice: string): string => `exists (select from ${CHECKS} and c.notice = ${notice})`;

/**
 * That a document which this member issued was checked, where it may see the alert: the access rule, for any purpose of the
 * record's, as notices aren't of one. Never for a check marked as protection: it would tell a country of origin where its
 * asylum seeker is. Newest first, no more than are asked for: one by one as the index has them, which costs what is told, and
 * not all that ever was. $1: member, $2: now, $3: withheld, $4: until, or null, $5: how many, $6: index of the caller's
 * clearance.
 */
export const CHECKED = `
  select * from (
  select 'document-checked' as kind, c.record, c.at, array[c.record::text, c.entry::text] as sources, null::text as contact
  from ${CHECKS} and c.at <= coalesce($4::timestamptz, 'infinity')
  and a.classification <= $6::int and (a.originator = $1 or (
    a.state = 0 and not a.withheld and a.originator <> all ($3::text[])
    and a.review_by > $2::timestamptz and (a.not_before is null or a.not_before <= $2::timestamptz)
    and (select (a.audience >> m.bit) & 1 = 1 and (a.shield >> m.bit) & 1 = 0 from views.members m where m.code = $1)
    and exists (
      select 1 from views.agreements g
      where g.state = 'in-force' and g.valid_from <= $2::timestamptz and (g.valid_to is null or g.valid_to > $2::timestamptz)
        and g.parties @> array[$1, a.originator]
        and (${array(CATEGORIES)})[a.grant_key % 8 + 1] = any (g.categories)
        and exists (
          select 1 from unnest(${array(PURPOSES)}) with ordinality as p (purpose, n)
          where (a.purposes >> (p.n - 1)::int) & 1 = 1 and p.purpose = any (g.purposes)))))
  order by c.at desc fetch first ($5::int) rows with ties) checked`;
