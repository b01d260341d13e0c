import type { Migration } from '#sql';

/**
 * What a node keeps beside its events: the keys of its records, and lists made from its events, which hold no plaintext.
 * `facts` is sealed under its record's key, so that erasing the record erases it too.
 */
export const NODE_TABLES: readonly Migration[] = [
  {
    name: 'node-001-keys',
    sql: `create table {schema}.keys (record uuid primary key, key bytea not null);`,
  },
  {
    name: 'node-002-own-lists',
    sql: `
      create table {schema}.own_records (
        record uuid primary key,
        kind text not null,
        state text not null,
        classification smallint not null,
        review_by date not null,
        updated_at timestamptz not null,
        version integer not null,
        satellites uuid[] not null,
        purged boolean not null default false
      );
      create index own_records_list on {schema}.own_records (kind, updated_at desc, record desc);
      create index own_records_review on {schema}.own_records (review_by) where state = 'released';
      create index own_records_purge on {schema}.own_records (record) where state = 'erased' and not purged;
      create table {schema}.own_touches (
        record uuid not null,
        entity text not null,
        facts text,
        primary key (record, entity)
      );
      create index own_touches_entity on {schema}.own_touches (entity);
      create table {schema}.own_identifiers (
        token text not null,
        record uuid not null,
        entity text not null,
        primary key (token, record, entity)
      );
      create index own_identifiers_record on {schema}.own_identifiers (record);
      create index own_identifiers_entity on {schema}.own_identifiers (entity);
      create table {schema}.own_applied (one boolean primary key default true check (one), event uuid not null);`,
  },
  {
    name: 'node-003-people',
    sql: `create index own_touches_people on {schema}.own_touches (entity) where facts is not null;`,
  },
  {
    // Of each record's touches none stands twice: they are written together, once those before are gone.
    name: 'node-004-touches-by-record',
    sql: `
      alter table {schema}.own_touches drop constraint own_touches_pkey;
      create index own_touches_record on {schema}.own_touches (record);`,
  },
];
