-- Who read what, when, for which purpose and case: one hash-chained sequence per member. Not a view: a replay leaves it.
create schema if not exists consultation;
create table consultation.entries (
  member text not null,
  number bigint not null,
  id uuid not null unique,
  at timestamptz not null,
  actor text not null,
  roles text[] not null,
  purpose text not null,
  case_reference text not null,
  route text not null,
  records uuid[] not null,
  previous text not null,
  hash text not null,
  primary key (member, number)
);
create index entries_records on consultation.entries using gin (records);
-- The first time that a member was served a record, and how far its originator's source had been applied then.
create table consultation.reads (
  member text not null,
  record uuid not null,
  sequence bigint not null,
  at timestamptz not null,
  primary key (member, record)
);
create index reads_record on consultation.reads (record);
