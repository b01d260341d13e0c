import { CATEGORIES, PURPOSES } from '#contracts';

const array = (words: readonly string[]): string => `array[${words.map((word) => `'${word}'`).join(', ')}]`;

// As the index of the log has it.
const CHECKS = `
  consultation.entries e cross join unnest(e.records) as hit (record)
  join views.document_alerts a on a.record = hit.record
  where e.kind = 'read' and not e.protection and e.records <> '{}'
    and e.route in ('POST /v1/document-checks', 'POST /v1/document-checks:batch')
    and e.member <> $1 and a.issuing_state = $1`;

/** What this member may take note of: each hit of another's check on an alert about a document that it issued. */
export const CHECKED_NOTABLE = `select 'document-checked' as kind, array[a.record::text, e.id::text] as sources from ${CHECKS}`;

/**
 * That a document which this member issued was checked, where it may see the alert: the access rule, for any purpose of the
 * record's, as notices aren't of one. Never for a check marked as protection: it would tell a country of origin where its
 * asylum seeker is. $1: member, $2: now, $3: withheld, $6: index of the caller's clearance.
 */
export const CHECKED = `
  select 'document-checked' as kind, a.record, e.at, array[a.record::text, e.id::text] as sources, null::text as contact
  from ${CHECKS} and a.classification <= $6::int and (a.originator = $1 or (
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
          where (a.purposes >> (p.n - 1)::int) & 1 = 1 and p.purpose = any (g.purposes)))))`;
