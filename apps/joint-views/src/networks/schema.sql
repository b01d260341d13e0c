-- A record's rows are written once with it, each another: a key of all of their columns would cost more than the rows, so
-- they are found by their record.
-- One row per entity that a record speaks of (links excepted). `position` is its place in the record.
create table {schema}.entities (
  record uuid not null,
  originator text not null, grant_key integer not null, audience bigint not null, shield bigint not null, purposes bigint not null,
  classification smallint not null, not_before timestamptz, review_by timestamptz not null, state smallint not null, withheld boolean not null,
  entity text not null,
  position integer not null,
  schema text not null,
  assertion text not null,
  subject_category text,
  -- lower-case ISO codes
  nationalities text[] not null,
  updated_at timestamptz not null
);
create index entities_record on {schema}.entities (record);
create index entities_entity on {schema}.entities (entity);
create index entities_list on {schema}.entities (updated_at desc, entity desc);
-- One row per value: entity (a link too), property, value. `position` keeps the order of the report.
create table {schema}.statements (
  record uuid not null,
  originator text not null, grant_key integer not null, audience bigint not null, shield bigint not null, purposes bigint not null,
  classification smallint not null, not_before timestamptz, review_by timestamptz not null, state smallint not null, withheld boolean not null,
  entity text not null,
  property text not null,
  position integer not null,
  value text not null,
  assertion text not null,
  updated_at timestamptz not null
);
create index statements_record on {schema}.statements (record);
create index statements_entity on {schema}.statements (entity);
-- One row per edge. `link` is the link's entity id, or the id of the entity whose property names another.
create table {schema}.links (
  record uuid not null,
  originator text not null, grant_key integer not null, audience bigint not null, shield bigint not null, purposes bigint not null,
  classification smallint not null, not_before timestamptz, review_by timestamptz not null, state smallint not null, withheld boolean not null,
  link text not null,
  schema text not null,
  source text not null,
  target text not null,
  assertion text not null,
  primary key (record, link, source, target)
);
create index links_source on {schema}.links (source);
create index links_target on {schema}.links (target);
-- Blocking keys of names: searched with `=`, because row-level security keeps other operators from using an index.
create table {schema}.names (
  record uuid not null,
  originator text not null, grant_key integer not null, audience bigint not null, shield bigint not null, purposes bigint not null,
  classification smallint not null, not_before timestamptz, review_by timestamptz not null, state smallint not null, withheld boolean not null,
  entity text not null,
  key text not null
);
create index names_record on {schema}.names (record);
create index names_key on {schema}.names (key);
-- Document and national identifiers, normalised; for deconfliction only, so no reader may see this table.
create table {schema}.identifiers (
  record uuid not null,
  originator text not null,
  entity text not null,
  kind text not null,
  value text not null,
  primary key (record, entity, kind, value)
);
create index identifiers_entity on {schema}.identifiers (entity);
create index identifiers_value on {schema}.identifiers (kind, value);
