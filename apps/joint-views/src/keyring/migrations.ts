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
];
