-- What members took note of. Whether there is such a notice is judged when it is read; no reader may see this table.
create table {schema}.acknowledgements (
  record uuid primary key,
  originator text not null,
  notice uuid not null,
  at timestamptz not null
);
create index acknowledgements_notice on {schema}.acknowledgements (originator, notice);
-- The id of a notice, made of what it tells alone: as `uuidv8` makes it.
create function {schema}.notice_id(parts text[]) returns uuid
language sql immutable parallel safe
begin atomic
  select encode(set_byte(set_byte(h.bytes, 6, 128 | (get_byte(h.bytes, 6) & 15)), 8, 128 | (get_byte(h.bytes, 8) & 63)), 'hex')::uuid
  from (
    select substr(sha256(string_agg(int4send(octet_length(x.part)) || convert_to(x.part, 'UTF8'), ''::bytea order by x.n)), 1, 16) as bytes
    from unnest(notice_id.parts) with ordinality as x (part, n)
  ) h;
end;
