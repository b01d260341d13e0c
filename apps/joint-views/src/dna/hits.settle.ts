import type { Sql } from '#sql';

/** Hits of the profiles among these records, and those that the words among them are of. $1: records. */
const hitsOf = (schema: string): string => `
  select hit from ${schema}.dna_hits where record = any ($1::uuid[])
  union select hit from ${schema}.dna_words where record = any ($1::uuid[])`;

/**
 * When what can be seen of a hit from a side last changed: either profile, the end of its embargo, a word on it that counts and
 * isn't kept from that side's member.
 */
const DATE = (schema: string): string => `
  update ${schema}.dna_hits h set at = x.at
  from (
    select m.record, m.other, greatest(p.updated_at, p.not_before, o.updated_at, o.not_before,
      (select max(c.at) from ${schema}.dna_counted c join ${schema}.records r on r.record = c.record
       where c.hit = m.hit and (c.originator = m.originator or not r.withheld and (r.shield >> me.bit) & 1 = 0))) as at
    from ${schema}.dna_hits m
    join ${schema}.members me on me.code = m.originator
    join ${schema}.dna_profiles p on p.record = m.record
    join ${schema}.dna_profiles o on o.record = m.other
    where m.hit in (${hitsOf(schema)})
  ) x
  where h.record = x.record and h.other = x.other and h.at <> x.at`;

/**
 * What a member says of a hit may hold what is known of the person whose profile its own is: it goes with that profile. Only
 * where its author may know of the hit, by the events alone, as for what counts: nobody else is told whose it is.
 */
const KEEP_COMPANIONS = (schema: string): string => `
  insert into keyring.companions (member, record, companion)
  select m.originator, m.record, w.record
  from ${schema}.dna_words w
  join ${schema}.dna_met m on m.hit = w.hit and m.originator = w.originator and m.there and m.allowed
  where w.hit in (${hitsOf(schema)})
  on conflict do nothing`;

/** Brings hits to what is said of their profiles and of them. */
export async function settleHits(sql: Sql, schema: string, records: readonly string[]): Promise<void> {
  await sql.query(DATE(schema), [records]);
  await sql.query(KEEP_COMPANIONS(schema), [records]);
}

/** Profiles of hits that words among these are of: once a word is gone nothing tells. */
export async function profilesSpokenOf(sql: Sql, schema: string, records: readonly string[]): Promise<string[]> {
  const rows = await sql.query<{ record: string }>(
    `select distinct h.record from ${schema}.dna_words w join ${schema}.dna_hits h on h.hit = w.hit
     where w.record = any ($1::uuid[])`,
    [records],
  );
  return rows.map(({ record }) => record);
}
