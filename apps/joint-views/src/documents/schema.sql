-- Documents not to be honoured, as their originators last told it.
create table {schema}.document_alerts (
  {snapshot},
  -- as it is printed, and as it is compared
  number text not null,
  number_key text not null,
  type text not null,
  issuing_state text not null,
  status text not null,
  since date not null,
  finding jsonb,
  stage text not null,
  handling_text text
);
-- A check is one look-up here, whatever else is in the table: `=` of texts is leakproof, so row-level security lets it be used.
create index document_alerts_number on {schema}.document_alerts (number_key);
create index document_alerts_list on {schema}.document_alerts (updated_at desc, record desc);
create index document_alerts_originator on {schema}.document_alerts (originator, updated_at desc, record desc);
-- Whom a hit is told to: readers can't read members. Names no schema when it runs, so a copy may be renamed.
create function {schema}.contact_of(asked text) returns text
language sql stable security definer
begin atomic
  select m.contact from {schema}.members m where m.code = contact_of.asked;
end;
revoke all on function {schema}.contact_of(text) from public;
grant execute on function {schema}.contact_of(text) to accord_reader;
