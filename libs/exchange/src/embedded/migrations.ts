import type { Migration } from '#sql';

export const MIGRATIONS: readonly Migration[] = [
  {
    name: 'exchange-001-log',
    sql: `
      -- The row of a source is the lock under which its offsets are given out: without holes, in commit order.
      create table {schema}.sources (
        source text primary key,
        next bigint not null default 0
      );
      create table {schema}.log (
        source text not null references {schema}.sources,
        "offset" bigint not null,
        key text not null,
        value text not null,
        primary key (source, "offset")
      );
    `,
  },
  {
    name: 'exchange-002-announcements',
    sql: `
      -- What a source says beside its log: the last word alone.
      create table {schema}.announcements (
        source text primary key,
        value text not null
      );
    `,
  },
];
