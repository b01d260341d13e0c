-- Help that one member gives another, as its donor last told it.
create table {schema}.assistance (
  {snapshot},
  receiver text not null,
  kind text not null,
  item text not null,
  quantity integer,
  -- decimals of two places; the sum of what was drawn is never more than the amount
  amount numeric,
  currency text,
  drawn numeric,
  draws jsonb not null,
  stage text not null,
  pledged_at timestamptz not null,
  delivered_at timestamptz,
  handling_text text
);
create index assistance_list on {schema}.assistance (updated_at desc, record desc);
create index assistance_originator on {schema}.assistance (originator);
create index assistance_receiver on {schema}.assistance (receiver);
