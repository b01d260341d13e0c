create table {schema}.members (
  code text primary key,
  bit smallint not null unique,
  name text not null,
  contact text not null,
  state text not null,
  issuer text unique,
  jwks jsonb,
  -- in place of jwks: where the issuer publishes them
  jwks_uri text,
  -- [{ "kid", "jwk", "from": sequence, "until": sequence | null }]
  signing_keys jsonb not null
);
create table {schema}.agreements (
  id uuid primary key,
  title text not null,
  parties text[] not null,
  categories text[] not null,
  purposes text[] not null,
  valid_from timestamptz not null,
  valid_to timestamptz,
  onward boolean not null,
  state text not null,
  in_force_since timestamptz,
  signed_by text[] not null,
  suspended_by text
);
