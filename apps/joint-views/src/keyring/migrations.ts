import type { Migration } from '#sql';

export const KEYRING_SCHEMA = 'keyring';

export const KEYRING_MIGRATIONS: readonly Migration[] = [
  {
    name: 'keyring-001-keys',
    sql: `
      -- The keys that open records' content, as their originators delivered them. Null: destroyed, never to come again.
      create table {schema}.keys (
        member text not null,
        record uuid not null,
        key bytea,
        primary key (member, record)
      );
    `,
  },
  {
    name: 'keyring-002-companions',
    sql: `
      -- What else of its member's goes with a record that is erased: what that member said of it. Told by the views while they
      -- know of both, and kept beside the keys: once either is gone nothing else would tell.
      create table {schema}.companions (
        member text not null,
        record uuid not null,
        companion uuid not null,
        primary key (member, record, companion)
      );
    `,
  },
];
