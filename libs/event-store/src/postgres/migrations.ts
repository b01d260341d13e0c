import type { Migration } from '#sql';
import { APPEND_ONE } from './append-one.sql.ts';
import { PLACE } from './place.sql.ts';

/**
 * `streams` is what an append's expected version is checked against, and locks. `events` is read in the order of
 * (epoch, txid, position); place.sql.ts says how they come about. Ids of transactions begin anew when a dump is restored
 * into another server: each such restore opens an epoch. `data` is json, not jsonb, which would reorder keys and refuse
 * \u0000.
 */
export const MIGRATIONS: Migration[] = [
  {
    name: 'event-store-001',
    sql: `
      create table {schema}.streams (
        stream text collate "C" primary key,
        version int not null
      );
      create table {schema}.epochs (
        epoch int primary key,
        opened_at timestamptz not null default now()
      );
      insert into {schema}.epochs (epoch) values (1);
      create table {schema}.events (
        epoch int not null,
        txid bigint not null,
        position bigint not null generated always as identity,
        stream text collate "C" not null,
        version int not null,
        id uuid not null unique,
        type text not null,
        data json not null,
        meta json not null,
        publish text,
        primary key (epoch, txid, position),
        unique (stream, version)
      );
      create index events_published on {schema}.events (epoch, txid, position) where publish is not null;
    `,
  },
  { name: 'event-store-002', sql: PLACE },
  { name: 'event-store-003', sql: APPEND_ONE },
  {
    // Ciphertext doesn't shrink: trying to, and moving what is over 2 kB elsewhere, cost more than storing it.
    name: 'event-store-004',
    sql: `
      alter table {schema}.events alter column data set storage external, alter column publish set storage external;
      alter table {schema}.events set (toast_tuple_target = 8160);
    `,
  },
];
