create table {schema}.dna_profiles (
  {snapshot},
  contested boolean,
  reference text not null,
  kind text not null,
  -- { "loci": { "vWA": ["17", "18"] }, "amelogenin"?: ["X", "Y"] }, in normal form
  profile jsonb not null
);
create index dna_profiles_originator on {schema}.dna_profiles (originator);
-- In which order profiles were put into the search; given anew to one that is told anew. It isn't the same in a rebuild,
-- and nothing that is shown depends on it.
create table {schema}.dna_places (
  record uuid primary key references {schema}.dna_profiles on delete cascade,
  place bigint generated always as identity unique
);
-- Places that were given up, so that each process' search forgets what stood there: it may have been erased.
create table {schema}.dna_gone (
  n bigint generated always as identity primary key,
  place bigint not null
);
create function {schema}.dna_leave() returns trigger language plpgsql as $leave$
begin
  -- The table's schema as it is called now: a copy is renamed.
  execute format('insert into %I.dna_gone (place) values ($1)', tg_table_schema) using old.place;
  return null;
end
$leave$;
create trigger dna_places_left after delete on {schema}.dna_places for each row execute function {schema}.dna_leave();
-- Which copy of the views this is: the search that a process keeps of it isn't good for another.
do $copy$
begin
  execute format('create function {schema}.dna_copy() returns uuid language sql immutable return %L::uuid', gen_random_uuid());
end
$copy$;
-- Profiles that meet, once from each side: worked out when one of them is put, from the two alone. Whether anybody may
-- know of it is judged when it is read. No reader sees this.
create table {schema}.dna_hits (
  record uuid not null references {schema}.dna_profiles on delete cascade,
  other uuid not null references {schema}.dna_profiles on delete cascade,
  originator text not null,
  -- the same from both sides
  hit uuid not null,
  quality smallint not null,
  matched smallint not null,
  -- when what can be seen of it from this side last changed
  at timestamptz not null,
  primary key (record, other)
);
create index dna_hits_hit on {schema}.dna_hits (hit);
create index dna_hits_other on {schema}.dna_hits (other);
create index dna_hits_newest on {schema}.dna_hits (originator, at desc, hit desc);
-- What a member says of a hit that may not be there, or not be known to it: judged when it is read. No reader sees this.
create table {schema}.dna_words (
  record uuid primary key,
  originator text not null,
  hit uuid not null,
  kind text not null,
  at timestamptz not null,
  -- why it was refused; what was sent
  detail jsonb
);
create index dna_words_hit on {schema}.dna_words (hit);
create index dna_words_originator on {schema}.dna_words (originator);

-- Each hit from each side, with what is told of it by the events alone: who searched (the trace; of two of a kind, the one
-- released later, then that of the greater id), whether both profiles are there (an expired one is, a recalled one isn't),
-- and whether each member is in the audience of the other's and not shielded from it. No reader sees this.
create view {schema}.dna_met as
select h.record, h.other, h.originator, h.hit, h.quality, h.matched, h.at,
  case when p.kind <> o.kind then p.kind = 'trace' else (p.released_at, p.record) > (o.released_at, o.record) end as searches,
  p.state in (0, 2) and o.state in (0, 2) as there,
  p.originator = o.originator or (
    (p.audience >> mo.bit) & 1 = 1 and (p.shield >> mo.bit) & 1 = 0 and
    (o.audience >> mp.bit) & 1 = 1 and (o.shield >> mp.bit) & 1 = 0) as allowed,
  o.originator as partner, greatest(p.not_before, o.not_before) as not_before, least(p.review_by, o.review_by) as review_by,
  -- What was said of a hit of a contested profile may have been meant for whose id it was.
  p.withheld or o.withheld or coalesce(p.contested or o.contested, false) as withheld, p.state = 0 and o.state = 0 as released, p.purposes & o.purposes as purposes,
  mp.state = 'active' and mo.state = 'active' as active
from {schema}.dna_hits h
join {schema}.dna_profiles p on p.record = h.record
join {schema}.dna_profiles o on o.record = h.other
join {schema}.members mp on mp.code = p.originator
join {schema}.members mo on mo.code = o.originator;

-- The words that count: on a hit that is there for their author, and its author's to say. A function of the events: neither
-- grants nor time nor clearance count. No reader sees this.
create view {schema}.dna_counted as
select w.* from {schema}.dna_words w
where exists (
  select from {schema}.dna_met m
  where m.hit = w.hit and m.originator = w.originator and m.there and m.allowed
    and m.searches = (w.kind in ('confirmed', 'dismissed', 'data-requested')));

-- Hits of the viewer's member, from its side, that the other member may know of now for the purpose that was declared: a
-- third member has no part in them. What the viewer itself may see of the two profiles is row-level security's business;
-- here is the other half. Grants are both parties' alike. No reader sees this, but by the functions below.
create view {schema}.dna_now as
  select m.record, m.other, m.hit, m.quality, m.matched, m.searches, m.at, m.partner = m.originator as within
  from {schema}.dna_met m
  where m.originator = nullif(current_setting('accord.member', true), '')
    and m.allowed and m.released and not m.withheld and m.active
    and m.review_by > nullif(current_setting('accord.now', true), '')::timestamptz
    and (m.not_before is null or m.not_before <= nullif(current_setting('accord.now', true), '')::timestamptz)
    and (m.partner = m.originator or m.purposes & nullif(current_setting('accord.purpose_bit', true), '')::bigint <> 0);

-- One, or all.
create function {schema}.dna_shared(one uuid)
returns table (record uuid, other uuid, hit uuid, quality smallint, matched smallint, searches boolean, at timestamptz)
language sql stable security definer
begin atomic
  select n.record, n.other, n.hit, n.quality, n.matched, n.searches, n.at from {schema}.dna_now n
  where dna_shared.one is null or n.hit = dna_shared.one;
end;

-- So many of them, newest first, each once, after one of them (null: from the first). One by one in the order of the index,
-- whatever the planner makes of the tables: so it looks at those that it passes, not at all there are.
create function {schema}.dna_newest(after timestamptz, after_hit uuid, size int)
returns table (record uuid, other uuid, hit uuid, quality smallint, matched smallint, searches boolean, at timestamptz)
language sql stable security definer set enable_sort = off
begin atomic
  select n.record, n.other, n.hit, n.quality, n.matched, n.searches, n.at
  from (
    select h.record, h.other, h.at, h.hit from {schema}.dna_hits h
    where h.originator = nullif(current_setting('accord.member', true), '')
      and (h.at, h.hit) < (coalesce(dna_newest.after, 'infinity'), coalesce(dna_newest.after_hit, 'ffffffff-ffff-ffff-ffff-ffffffffffff'))
    order by h.at desc, h.hit desc offset 0
  ) h
  cross join lateral (
    select * from {schema}.dna_now m where m.record = h.record and m.other = h.other and (not m.within or m.searches) offset 0
  ) n
  order by h.at desc, h.hit desc limit dna_newest.size;
end;

-- What was said of these hits (null: of all) that the viewer's member has a part in, as far as it counts. What was sent is
-- for who asked, and for who sent it; but of a person who is to be kept from who asked, for that one there is no such word.
create function {schema}.dna_said(hits uuid[])
returns table (hit uuid, record uuid, originator text, kind text, at timestamptz, detail jsonb)
language sql stable security definer
begin atomic
  select c.hit, c.record, c.originator, c.kind, c.at, c.detail
  from {schema}.dna_counted c
  join {schema}.records r on r.record = c.record
  where (c.originator = nullif(current_setting('accord.member', true), '') or (
      not r.withheld and r.shield & nullif(current_setting('accord.member_bit', true), '')::bigint = 0))
    and (dna_said.hits is null or c.hit = any (dna_said.hits))
    and c.hit in (
      select h.hit from {schema}.dna_hits h where h.originator = nullif(current_setting('accord.member', true), ''))
  order by c.hit, c.at, c.record;
end;
revoke all on function {schema}.dna_shared(uuid) from public;
revoke all on function {schema}.dna_newest(timestamptz, uuid, int) from public;
revoke all on function {schema}.dna_said(uuid[]) from public;
grant execute on function {schema}.dna_shared(uuid) to accord_reader;
grant execute on function {schema}.dna_newest(timestamptz, uuid, int) to accord_reader;
grant execute on function {schema}.dna_said(uuid[]) to accord_reader;
