-- Returns as the state that returns last told them. Their state is worked out when they are read, with what the state of
-- return answered and with encounters since, as far as the viewer sees these.
create table {schema}.returns (
  {snapshot},
  -- whose word on it counts beside the originator's: the state of return
  participants text[] not null,
  return_to text not null,
  stage text not null,
  person text not null,
  properties jsonb not null,
  evidence text not null,
  biometric_reference text,
  handling_text text,
  opened_at timestamptz not null,
  requested_at timestamptz,
  scheduled_for timestamptz,
  returned_at timestamptz,
  transferred_at timestamptz,
  hub uuid,
  absconded_at timestamptz,
  closed_at timestamptz
);
create index returns_list on {schema}.returns (updated_at desc, record desc);
create index returns_originator on {schema}.returns (originator);
create index returns_return_to on {schema}.returns (return_to);
create index returns_hub on {schema}.returns (hub);
create index returns_returned on {schema}.returns (returned_at);
-- What a state of return answered: a travel document, or why there is none. As visible as the return, and no more.
create table {schema}.travel_documents (
  {part},
  "return" uuid not null,
  kind text not null,
  number text,
  -- as it is compared
  number_key text,
  type text,
  valid_to date,
  reason text,
  at timestamptz not null
);
create index travel_documents_return on {schema}.travel_documents ("return");
create index travel_documents_originator on {schema}.travel_documents (originator);
-- Somebody was met.
create table {schema}.encounters (
  {snapshot},
  person text not null,
  properties jsonb not null,
  at timestamptz not null,
  place text not null,
  biometric_reference text,
  handling_text text
);
create index encounters_list on {schema}.encounters (updated_at desc, record desc);
create index encounters_originator on {schema}.encounters (originator);
-- By what the person of a return or an encounter is known again: compared with `=` among what the viewer sees.
create table {schema}.person_marks (
  record uuid not null,
  originator text not null, grant_key integer not null, audience bigint not null, shield bigint not null, purposes bigint not null,
  classification smallint not null, not_before timestamptz, review_by timestamptz not null, state smallint not null, withheld boolean not null,
  -- passport, national-id, biometric: strong enough alone; name: a year of birth and a key of a name, which only suggests
  kind text not null,
  value text not null
);
create index person_marks_record on {schema}.person_marks (record);
create index person_marks_value on {schema}.person_marks (kind, value);
-- What a person made of a suggested re-entry. No reader may see this table: whose word counts is judged when it is read.
create table {schema}.re_entry_words (
  record uuid primary key,
  originator text not null,
  "return" uuid not null,
  encounter uuid not null,
  verdict text not null,
  at timestamptz not null
);
create index re_entry_words_return on {schema}.re_entry_words ("return");
create index re_entry_words_originator on {schema}.re_entry_words (originator);
-- The last word of the state that returned on each encounter. Readers get at words through this alone, for returns that
-- they see, and use them of encounters that they see. Names no schema when it runs, so a copy may be renamed.
create function {schema}.re_entry_verdicts(returns uuid[]) returns table ("return" uuid, encounter uuid, verdict text)
language sql stable security definer
begin atomic
  select distinct on (w."return", w.encounter) w."return", w.encounter, w.verdict
  from {schema}.re_entry_words w
  join {schema}.returns r on r.record = w."return" and r.originator = w.originator
  where w."return" = any (re_entry_verdicts.returns)
    -- A verdict on an encounter whose id two members use may have been meant for the other's.
    and not exists (select from {schema}.records c where c.record = w.encounter and c.contested)
  order by w."return", w.encounter, w.at desc, w.record desc;
end;
revoke all on function {schema}.re_entry_verdicts(uuid[]) from public;
grant execute on function {schema}.re_entry_verdicts(uuid[]) to accord_reader;
-- Talks with countries about hubs, and the hubs that came of them.
create table {schema}.hub_talks (
  {snapshot},
  country text not null,
  stage text not null,
  places integer,
  handling_text text
);
create index hub_talks_list on {schema}.hub_talks (updated_at desc, record desc);
create index hub_talks_originator on {schema}.hub_talks (originator);
