-- How far this copy has applied each source: the last verified event, and the offset to go on from.
create table {schema}.sources (
  source text primary key,
  sequence bigint not null,
  hash text not null,
  log_offset bigint not null
);
-- Events that verified but could not be used, with the reason; their records are withheld from other members.
create table {schema}.poison (
  source text not null,
  sequence bigint not null,
  record uuid,
  reason text not null,
  primary key (source, sequence)
);
