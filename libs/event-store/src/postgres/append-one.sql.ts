/**
 * One append in one statement, which is what most commands make: the same steps as appendWithin (append.ts), in one
 * round trip. `expected` is -1 for any. Each statement in it sees what was committed before it, so that the events take
 * their places after the stream is locked.
 */
export const APPEND_ONE = `
create function {schema}.append_one(
  the_stream text, expected int, ids uuid[], types text[], datas json[], metas json[], publishes text[],
  out ok boolean, out version int
) language plpgsql as $$
declare
  added int := cardinality(ids);
  made boolean := false;
  current int := 0;
begin
  if expected <= 0 and added > 0 then
    insert into {schema}.streams values (the_stream, added) on conflict do nothing;
    made := found;
  end if;
  if not made then
    select s.version into current from {schema}.streams s where s.stream = the_stream for update;
    current := coalesce(current, 0);
  end if;
  ok := expected in (-1, current);
  version := case when ok then current + added else current end;
  if not ok or added = 0 then
    return;
  end if;
  if not made then
    update {schema}.streams s set version = append_one.version where s.stream = the_stream;
  end if;
  insert into {schema}.events (epoch, txid, stream, version, id, type, data, meta, publish)
  select p.epoch, p.txid, the_stream, current + e.nth, e.id, e.type, e.data, e.meta, e.publish
  from {schema}.place() p, unnest(ids, types, datas, metas, publishes)
    with ordinality as e(id, type, data, meta, publish, nth)
  order by e.nth;
end $$;
`;
