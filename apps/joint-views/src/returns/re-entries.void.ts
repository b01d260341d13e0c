/**
 * A word on a re-entry is void where the return isn't a record of its author's, or the encounter isn't there or excludes it
 * by audience or shield. Told of is what is in doubt: an own return is known to be there, so then it is the encounter.
 */
export const VOID_RE_ENTRIES = `
  select w.record, case when own.record is null then w."return" else w.encounter end as target, w.at
  from views.re_entry_words w
  join views.members m on m.code = $1
  left join views.records own on own.record = w."return" and own.originator = $1 and own.kind = 'return'
  where w.originator = $1 and not exists (
    select 1 from views.encounters e
    where e.record = w.encounter and e.state in (0, 2) and own.state in (0, 2)
      and (e.originator = $1 or ((e.audience >> m.bit) & 1 = 1 and (e.shield >> m.bit) & 1 = 0)))`;
