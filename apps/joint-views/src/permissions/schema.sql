-- What members ask, and what they answer, each on its own source: no reader may see these tables. What holds is a
-- function of the set of them, worked out when it is read.
create table {schema}.permission_requests (
  record uuid primary key,
  originator text not null,
  target uuid not null,
  code text not null,
  scope text not null,
  reason text not null,
  at timestamptz not null
);
create index permission_requests_target on {schema}.permission_requests (target);
create index permission_requests_originator on {schema}.permission_requests (originator, at desc, record desc);
create table {schema}.permission_answers (
  record uuid primary key,
  originator text not null,
  -- the place in its source: of one member's answers the last one stands
  sequence bigint not null,
  request uuid not null,
  kind text not null,
  scope text,
  until timestamptz,
  reason text,
  at timestamptz not null
);
create index permission_answers_request on {schema}.permission_answers (request);
create index permission_answers_originator on {schema}.permission_answers (originator);
-- A request is void where its record isn't there, is its author's own, or keeps its author out by audience or shield:
-- never because of grants, clearance or time; or where two members use the record's id, so that it may have been meant for
-- the other's. Its originator is null then.
create view {schema}.permission_states as
select q.record, q.originator as requester, q.target, q.code, q.scope, q.reason, q.at, t.originator,
  case when x.withdrawn then 'withdrawn' when t.originator is null then 'void' else coalesce(a.kind, 'requested') end as state,
  case when not x.withdrawn then a.scope end as granted_scope,
  case when not x.withdrawn then a.until end as until,
  case when not x.withdrawn then a.reason end as refused_because
from {schema}.permission_requests q
cross join lateral (select exists (
  select 1 from {schema}.permission_answers w
  where w.request = q.record and w.kind = 'withdrawn' and w.originator = q.originator) as withdrawn) x
left join {schema}.members m on m.code = q.originator
left join {schema}.records t on t.record = q.target and t.originator <> q.originator and t.state in (0, 2)
  and not t.contested
  and (t.audience >> m.bit) & 1 = 1 and (t.shield >> m.bit) & 1 = 0
left join lateral (
  select a.kind, a.scope, a.until, a.reason from {schema}.permission_answers a
  where a.request = q.record and a.originator = t.originator and a.kind <> 'withdrawn'
  order by a.sequence desc limit 1) a on true;
-- What the viewer's member was granted of a record, and holds still. Readers get at permissions through this alone, for
-- records that they see. Names no schema when it runs, so a copy may be renamed.
create function {schema}.permissions_of(asked uuid, now timestamptz)
returns table (request uuid, code text, scope text, until timestamptz)
language sql stable security definer
begin atomic
  select s.record, s.code, s.granted_scope, s.until from {schema}.permission_states s
  where s.target = permissions_of.asked and s.requester = current_setting('accord.member', true)
    and s.state = 'granted' and s.until > permissions_of.now
  order by s.code, s.until, s.record;
end;
revoke all on function {schema}.permissions_of(uuid, timestamptz) from public;
grant execute on function {schema}.permissions_of(uuid, timestamptz) to accord_reader;
