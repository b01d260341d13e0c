create table {schema}.reports (
  record uuid primary key,
  originator text not null, grant_key integer not null, audience bigint not null, shield bigint not null, purposes bigint not null,
  classification smallint not null, not_before timestamptz, review_by timestamptz not null, state smallint not null, withheld boolean not null,
  category text not null,
  title text,
  grading jsonb,
  handling_codes text[] not null,
  handling_text text,
  purpose_codes text[] not null,
  legal_basis text,
  released_at timestamptz not null,
  updated_at timestamptz not null,
  version integer not null
);
create index reports_list on {schema}.reports (updated_at desc, record desc);
create index reports_originator on {schema}.reports (originator, updated_at desc, record desc);
