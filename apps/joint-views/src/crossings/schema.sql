-- One count of crossings a row: of a day, an ISO week or a month. Totals are for everyone who may see the record.
create table {schema}.crossings (
  {snapshot},
  kind text not null,
  -- day, week, month
  grain text not null,
  first_day date not null,
  last_day date not null,
  -- '' where none is said
  route text not null,
  migrants integer not null,
  boats integer,
  events integer,
  -- whether it says nationalities
  broken_down boolean not null
);
create index crossings_days on {schema}.crossings (first_day, grain);
create index crossings_originator on {schema}.crossings (originator, first_day, grain);

-- The nationalities of a count. `shown`: whether other members may be told of it, once they may see the count.
create table {schema}.crossing_nationalities (
  record uuid not null,
  originator text not null, grant_key integer not null, audience bigint not null, shield bigint not null, purposes bigint not null,
  classification smallint not null, not_before timestamptz, review_by timestamptz not null, state smallint not null, withheld boolean not null,
  country text not null,
  migrants integer not null,
  shown boolean not null,
  primary key (record, country)
);
-- Beside the access rule, which says who may see the count: a hidden cell reaches no query of another member's.
create policy shown on {schema}.crossing_nationalities as restrictive for select to accord_reader
  using (shown or originator = (select current_setting('accord.member', true)));
