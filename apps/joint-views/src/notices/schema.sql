-- What could take a record from members that may have read it: a release or an amendment after the first one, more of it, a
-- wider shield, a recall, an erasure; and from whom it did, maybe from nobody. Who is told is computed from this and the
-- consultation log, when asked.
create table {schema}.withdrawals (
  record uuid not null,
  originator text not null,
  sequence bigint not null,
  -- the id of the event: nobody that isn't told can guess it, nor the notice's id that is made of it
  event uuid not null,
  at timestamptz not null,
  -- codes of the members that it took it from; all_but: from all but these. Of an erased record all of its rows say all,
  -- because its shield went with its key: the last of them tells
  removed text[] not null,
  all_but boolean not null,
  primary key (record, sequence)
);
