import type { Migration } from '#sql';

/** What the operator and the running of the intake need to remember. Not views: a replay leaves them. */
export const INTAKE_SCHEMA = 'intake';

export const INTAKE_MIGRATIONS: readonly Migration[] = [
  {
    name: 'intake-001-states',
    sql: `
      -- What is the matter with a source, if anything.
      create table {schema}.states (
        source text primary key,
        quarantined_at timestamptz,
        -- where it was quarantined, and why, in stable words
        sequence bigint,
        reason text,
        -- since when events wait that can't be applied
        hole_since timestamptz,
        -- [{ "from", "to" }]: sequences that are missing
        gaps jsonb not null
      );
      -- The operator's decisions: what follows \`after\` is passed over, up to this sequence with this hash.
      create table {schema}.accepted (
        source text not null,
        after bigint not null,
        sequence bigint not null,
        hash text not null,
        -- [{ "sequence", "record" }]: records of the events passed over, which are withheld
        skipped jsonb not null,
        -- offsets of entries that are not looked at any more
        ignored jsonb not null,
        at timestamptz not null,
        primary key (source, after)
      );
    `,
  },
  {
    name: 'intake-002-unknown',
    sql: `
      -- Whether what was passed over is not all in the log, byte for byte: then all records of the source are in doubt.
      alter table {schema}.accepted add column "unknown" boolean not null default false;
    `,
  },
];
