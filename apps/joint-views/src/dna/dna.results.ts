import type { ResultSource } from '../records/view.ts';

/** The last word of who searched, on hits that the viewer's member has a part in. */
const DECIDED = `
  select distinct on (w.hit) w.hit, w.originator, w.kind, w.at
  from views.dna_said(null) w
  where w.kind in ('confirmed', 'dismissed') order by w.hit, w.at desc, w.record desc`;

/** Hits that a person confirmed, by the state that searched. Between two profiles of one member they are one. */
export const RESULT_SOURCES: readonly ResultSource[] = [
  {
    result: 'hits-confirmed',
    sql: `
      select d.originator as member, d.at, null::text as kind, null::text as unit, 1::numeric as quantity,
        array[p.record, o.record] as records, array[p.originator, o.originator] as originators
      from (${DECIDED}) d
      join views.dna_shared(null) h on h.hit = d.hit
      join views.dna_profiles p on p.record = h.record
      join views.dna_profiles o on o.record = h.other
      where d.kind = 'confirmed' and (p.originator <> o.originator or h.searches)`,
  },
];
