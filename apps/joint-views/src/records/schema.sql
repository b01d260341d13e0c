-- Every released thing, with what the access rule needs of it. {schema} is the live copy or the one being rebuilt.
-- Children of a record (entities, statements, …) repeat the access columns, so that one row answers for itself.
create table {schema}.records (
  record uuid primary key,
  originator text not null,
  grant_key integer not null,
  audience bigint not null,
  shield bigint not null,
  purposes bigint not null,
  classification smallint not null,
  not_before timestamptz,
  review_by timestamptz not null,
  state smallint not null,
  withheld boolean not null,
  -- what only the rule's upkeep and explain read
  kind text not null,
  category text not null,
  shield_codes text[] not null,
  audience_codes text[] not null,
  taskforce boolean not null,
  handling_codes text[] not null,
  released_at timestamptz not null,
  updated_at timestamptz not null,
  version integer not null,
  -- the place of the record's last event in its source
  sequence bigint not null,
  -- some of what was said of it could not be read for want of its key: read again once the key is there
  unread boolean not null,
  -- something that was said of it is withdrawn since: it is about to be made anew
  stale boolean not null,
  -- another member has published under this id, too: what others add to it may have been meant for that one's
  contested boolean not null default false
);
-- Who has published under an id that two members use: kept where the row of one goes with its revoked key. Made by the order
-- of arrival, so no part of what a replay compares.
create table {schema}.contests (
  record uuid not null,
  originator text not null,
  primary key (record, originator)
);
create index records_unread on {schema}.records (originator) where unread;
create index records_stale on {schema}.records (originator) where stale;
create index records_list on {schema}.records (kind, updated_at desc, record desc);
create index records_originator on {schema}.records (originator, kind, updated_at desc, record desc);
