create table {schema}.operations (
  record uuid primary key,
  originator text not null, grant_key integer not null, audience bigint not null, shield bigint not null, purposes bigint not null,
  classification smallint not null, not_before timestamptz, review_by timestamptz not null, state smallint not null, withheld boolean not null,
  name text,
  area text,
  window_from timestamptz,
  window_to timestamptz,
  participants text[] not null,
  targets text[] not null,
  purpose_codes text[] not null,
  handling_codes text[] not null,
  handling_text text,
  -- of its steps
  launched_at timestamptz,
  concluded_at timestamptz,
  outcome text,
  released_at timestamptz not null,
  updated_at timestamptz not null,
  version integer not null
);
create index operations_list on {schema}.operations (updated_at desc, record desc);
create index operations_originator on {schema}.operations (originator);
-- What the lead did with it: launch, conclusion. A plan that is told anew leaves them. No reader may see this table.
create table {schema}.steps (
  record uuid not null,
  originator text not null,
  kind text not null,
  at timestamptz not null,
  outcome text,
  primary key (record, kind)
);
-- What a member says of an operation that may be another's: an approval. Judged when read, from the set of events.
create table {schema}.claims (
  record uuid primary key,
  originator text not null,
  kind text not null,
  target uuid not null,
  at timestamptz not null
);
create index claims_target on {schema}.claims (target);
create index claims_originator on {schema}.claims (originator);
-- Arrests, seizures, rescues: records of their own originator. The access columns are the operation's, plus the own shield.
create table {schema}.contributions (
  {part},
  operation uuid not null,
  kind text not null,
  -- arrests and rescues: people; seizures: quantity of unit
  count integer,
  quantity numeric,
  unit text,
  seizure_kind text,
  value_amount text,
  value_currency text,
  at timestamptz,
  place text,
  offence text
);
create index contributions_operation on {schema}.contributions (operation);
create index contributions_originator on {schema}.contributions (originator);
-- The approvals that count: by participants that the operation's audience and shield let see it. Readers get at claims
-- through this alone, for operations that they see. Names no schema when it runs, so a copy may be renamed.
create function {schema}.approvals(operations uuid[]) returns table (operation uuid, member text)
language sql stable security definer
begin atomic
  select c.target, c.originator
  from {schema}.claims c
  join {schema}.operations o on o.record = c.target
  join {schema}.members m on m.code = c.originator
  where c.target = any (approvals.operations) and c.kind = 'approval' and c.originator = any (o.participants)
    and (o.audience >> m.bit) & 1 = 1 and (o.shield >> m.bit) & 1 = 0
  order by c.target, c.originator;
end;
revoke all on function {schema}.approvals(uuid[]) from public;
grant execute on function {schema}.approvals(uuid[]) to accord_reader;
