-- How far this copy has applied each source: the last verified event, and the offset to go on from.
create table {schema}.sources (
  source text primary key,
  sequence bigint not null,
  hash text not null,
  log_offset bigint not null
);
-- The hash of each event that was applied: the same sequence again must have had the same bytes.
create table {schema}.chain (
  source text not null,
  sequence bigint not null,
  hash text not null,
  primary key (source, sequence)
);
-- Where what was signed together ended, and with which key: of an event, the first from it on.
create table {schema}.signatures (
  source text not null,
  sequence bigint not null,
  keyid text not null,
  primary key (source, sequence)
);
-- Events that verified but could not be used, or that the operator had skipped, with the reason; their records are
-- withheld from other members. The nil UUID stands for a record that can't be read.
create table {schema}.poison (
  source text not null,
  sequence bigint not null,
  record uuid not null,
  reason text not null,
  primary key (source, sequence, record)
);
create index poison_record on {schema}.poison (record);
