-- Appends lines and first reads where the logs still hold the ends that they follow, and says whether they did. `ends`:
-- [{ member, number, hash }]. A function, since a session keeps its plans: without scans of the whole, because those that it
-- made while the log was short serve until the next analysis. Each of its statements sees what was committed before the
-- lock was had: a chain has one end, and numbers commit in order. The earlier snapshot of a record's first read counts,
-- also where it is written later: what was withdrawn between the two must be told.
create function consultation.append(ends jsonb, lines jsonb, firsts jsonb) returns boolean language plpgsql
set enable_seqscan = off as $append$
declare
  known record;
begin
  perform pg_advisory_xact_lock(hashtextextended('accord.consultation', 0));
  for known in select * from jsonb_to_recordset(ends) as h (member text, number bigint, hash text) loop
    perform from consultation.entries e where (e.member, e.number, e.hash) = (known.member, known.number, known.hash);
    if not found then
      return false;
    end if;
  end loop;
  insert into consultation.entries select * from jsonb_populate_recordset(null::consultation.entries, lines);
  if firsts <> '[]' then
    insert into consultation.reads as r (member, record, sequence, at)
    select g.member, g.record, min(g.sequence), min(g.at)
    from jsonb_populate_recordset(null::consultation.reads, firsts) g
    group by g.member, g.record order by g.member, g.record
    on conflict (member, record) do update set sequence = excluded.sequence where excluded.sequence < r.sequence;
  end if;
  return true;
end
$append$;
revoke all on function consultation.append(jsonb, jsonb, jsonb) from public;
