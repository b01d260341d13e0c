-- The feed of schema-003.sql, where `kinds` may also say "dna of its own": of those records a member's own alone are shown
-- in lists. Another's, which contributed to an answer and stands in the log, is nothing that the feed has told or could end.
create or replace function consultation.feed(
  m text, p text, c text, now timestamptz, shown jsonb, kinds text[],
  after_at timestamptz, after_record uuid, size int
) returns table (record uuid, originator text, category text, kind text, stamp text)
language plpgsql security definer set search_path = pg_catalog, pg_temp as $feed$
#variable_conflict use_column
declare
  levels constant text[] := array['OFFICIAL', 'OFFICIAL-SENSITIVE', 'SECRET'];
  f consultation.feeds;
  low timestamptz;
  high timestamptz;
  news bigint;
  last bigint := coalesce((select max(e.number) from consultation.entries e where e.member = m), 0);
begin
  insert into consultation.feeds values (m, p, c, '-infinity', 0) on conflict do nothing;
  select * into f from consultation.feeds s where (s.member, s.purpose, s.clearance) = (m, p, c) for update;
  low := f.at + interval '1 microsecond';
  high := greatest(now, low);

  -- Served since: by whichever endpoint, for this purpose, to nobody of a higher clearance.
  insert into consultation.feed_items
  select m, p, c, s.record, r.category, 'unseen', '', high, true
  from (
    select distinct unnest(e.records) as record from consultation.entries e
    where e.member = m and e.number > f.read_to and e.number <= last and e.kind = 'read' and e.purpose = p
      and array_position(levels, e.clearance) <= array_position(levels, c)
  ) s join views.records r on r.record = s.record
    and (r.kind = any (kinds) or r.originator = m and r.kind || ' of its own' = any (kinds))
  on conflict (member, purpose, clearance, record) do update set served = true;

  -- Ended: what nobody was served is forgotten, as if it had never been there.
  delete from consultation.feed_items i
  where (i.member, i.purpose, i.clearance) = (m, p, c) and i.kind = 'upserted' and not i.served
    and not exists (select from jsonb_to_recordset(shown) as s (record uuid) where s.record = i.record);
  update consultation.feed_items i set kind = 'withdrawn', version = '', at = high
  where (i.member, i.purpose, i.clearance) = (m, p, c) and i.kind <> 'withdrawn' and i.served
    and not exists (select from jsonb_to_recordset(shown) as s (record uuid) where s.record = i.record);

  -- Begun, or changed: in the order of what can be seen of when.
  insert into consultation.feed_items as i
  select m, p, c, s.record, s.category, 'upserted', s.version, greatest(least(s.at, high), s.place), false
  from (
    select s.*, low + row_number() over (order by s.at, s.record) * interval '1 microsecond' as place
    from jsonb_to_recordset(shown) as s (record uuid, category text, version text, at timestamptz)
    where not exists (
      select from consultation.feed_items i
      where (i.member, i.purpose, i.clearance, i.record) = (m, p, c, s.record)
        and i.kind = 'upserted' and i.version = s.version and i.category = s.category)
  ) s
  on conflict (member, purpose, clearance, record) do update
  set kind = 'upserted', category = excluded.category, version = excluded.version, at = excluded.at;
  get diagnostics news = row_count;

  update consultation.feeds s set at = greatest(high, low + news * interval '1 microsecond'), read_to = last where (s.member, s.purpose, s.clearance) = (m, p, c);

  return query
  select i.record, r.originator, i.category, i.kind, to_char(timezone('UTC', i.at), 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
  from consultation.feed_items i left join views.records r on r.record = i.record
  where (i.member, i.purpose, i.clearance) = (m, p, c)
    and (after_at is null or (i.at, i.record) > (after_at, after_record))
  order by i.at, i.record limit size;
end
$feed$;
