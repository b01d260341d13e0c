create table {schema}.dna_profiles (
  {snapshot},
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
-- Which copy of the views this is: the search that a process keeps of it isn't good for another.
create table {schema}.dna_copy as select gen_random_uuid() as id;
-- Profiles that meet, once from each side: worked out when one of them is put, from the two alone. Whether anybody may
-- know of it is judged when it is read.
create table {schema}.dna_hits (
  record uuid not null references {schema}.dna_profiles on delete cascade,
  other uuid not null references {schema}.dna_profiles on delete cascade,
  originator text not null,
  -- the same from both sides
  hit uuid not null,
  quality smallint not null,
  matched smallint not null,
  primary key (record, other)
);
create index dna_hits_hit on {schema}.dna_hits (hit);
create index dna_hits_other on {schema}.dna_hits (other);
create index dna_hits_originator on {schema}.dna_hits (originator);
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

-- Who searches: the trace; of two of a kind, the one released later, then that of the greater id.
create function {schema}.dna_searches(kind text, released_at timestamptz, record uuid, other_kind text, other_released_at timestamptz, other uuid)
returns boolean language sql immutable
return case when kind <> other_kind then kind = 'trace' else (released_at, record) > (other_released_at, other) end;

-- Whether the members of two profiles are each in the audience of the other's and not shielded from it. Neither grants nor
-- time nor clearance count.
create function {schema}.dna_meet(one uuid, two uuid) returns boolean
language sql stable security definer
begin atomic
  select a.originator = b.originator or (
    (a.audience >> mb.bit) & 1 = 1 and (a.shield >> mb.bit) & 1 = 0 and
    (b.audience >> ma.bit) & 1 = 1 and (b.shield >> ma.bit) & 1 = 0)
  from {schema}.dna_profiles a, {schema}.dna_profiles b, {schema}.members ma, {schema}.members mb
  where a.record = dna_meet.one and b.record = dna_meet.two and ma.code = a.originator and mb.code = b.originator;
end;

-- Whether each of the two members may see the other's profile now, for the purpose that was declared. What the viewer may
-- see itself is row-level security's business; here is the other half. Grants are both parties' alike.
create function {schema}.dna_shared(one uuid, two uuid) returns boolean
language sql stable security definer
begin atomic
  select {schema}.dna_meet(dna_shared.one, dna_shared.two) and count(*) = 2 and bool_and(
    p.state = 0 and not p.withheld
    and p.review_by > nullif(current_setting('accord.now', true), '')::timestamptz
    and (p.not_before is null or p.not_before <= nullif(current_setting('accord.now', true), '')::timestamptz)
    and m.state = 'active')
    and (count(distinct p.originator) = 1
      or bool_and(p.purposes & nullif(current_setting('accord.purpose_bit', true), '')::bigint <> 0))
  from {schema}.dna_profiles p join {schema}.members m on m.code = p.originator
  where p.record in (dna_shared.one, dna_shared.two);
end;

-- Whether a word counts: it is on a hit, which both members' audiences and shields allow, and it is its author's to say.
-- A function of the events: an expired profile is there, a recalled one isn't.
create function {schema}.dna_counts(word uuid) returns boolean
language sql stable security definer
begin atomic
  select exists (
    select from {schema}.dna_words w
    join {schema}.dna_hits h on h.hit = w.hit and h.originator = w.originator
    join {schema}.dna_profiles p on p.record = h.record
    join {schema}.dna_profiles o on o.record = h.other
    where w.record = dna_counts.word and p.state in (0, 2) and o.state in (0, 2) and {schema}.dna_meet(p.record, o.record)
      and (w.kind in ('confirmed', 'dismissed', 'data-requested'))
        = {schema}.dna_searches(p.kind, p.released_at, p.record, o.kind, o.released_at, o.record));
end;

-- What was said of hits that the viewer's member has a part in, as far as it counts. What was sent is for who asked, and
-- for who sent it.
create function {schema}.dna_said(hits uuid[])
returns table (hit uuid, record uuid, originator text, kind text, at timestamptz, detail jsonb)
language sql stable security definer
begin atomic
  select w.hit, w.record, w.originator, w.kind, w.at, w.detail
  from {schema}.dna_words w
  where w.hit = any (dna_said.hits) and {schema}.dna_counts(w.record)
    and exists (
      select from {schema}.dna_hits h
      where h.hit = w.hit and h.originator = nullif(current_setting('accord.member', true), ''))
  order by w.hit, w.at, w.record;
end;

alter table {schema}.dna_hits enable row level security;
alter table {schema}.dna_hits force row level security;
create policy owner on {schema}.dna_hits for all to current_user using (true) with check (true);
-- From its own side, where it sees both profiles and the other member does, too. A third member has no part in it.
create policy reader on {schema}.dna_hits for select to accord_reader using (
  originator = (select nullif(current_setting('accord.member', true), ''))
  and exists (select from {schema}.dna_profiles p where p.record = dna_hits.record)
  and exists (select from {schema}.dna_profiles p where p.record = dna_hits.other)
  and {schema}.dna_shared(dna_hits.record, dna_hits.other)
);
grant select on {schema}.dna_hits to accord_reader;
revoke all on function {schema}.dna_meet(uuid, uuid) from public;
revoke all on function {schema}.dna_shared(uuid, uuid) from public;
revoke all on function {schema}.dna_counts(uuid) from public;
revoke all on function {schema}.dna_said(uuid[]) from public;
grant execute on function {schema}.dna_shared(uuid, uuid) to accord_reader;
grant execute on function {schema}.dna_said(uuid[]) to accord_reader;
