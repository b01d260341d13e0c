-- A record taken from members that may have read it: recalled or erased (all of them), or narrowed (those removed).
-- Who is told is computed from this and the consultation log, when asked.
create table {schema}.withdrawals (
  record uuid not null,
  originator text not null,
  sequence bigint not null,
  at timestamptz not null,
  -- codes of the members removed; null: all
  removed text[],
  primary key (record, sequence)
);
