import type { AccessAttributes, Category, EventType } from '#contracts';
import type { Sql } from '#sql';
import type { Rows } from './record.ts';
import type { RecordTable } from './tables.ts';

/** A member's event whose content could be read and is valid, as a projection gets it. */
export interface Released {
  /** The event's id. */
  id: string;
  type: string;
  record: string;
  originator: string;
  /** The event's time, RFC 3339 with milliseconds. */
  at: string;
  access: AccessAttributes | null;
  /** Valid for the type's newest version. */
  content: unknown;
}

/**
 * Pure: what an event's content becomes in a view's tables, no key twice. The record's own columns aren't its business.
 * What it throws makes the event poison.
 */
export type Projection = (event: Released) => Rows;

/** Every event of a system's record carries it whole, so each of them makes the same rows. */
export const snapshots = (kind: string, types: readonly EventType[], rows: Projection): View['projections'] =>
  Object.fromEntries(types.map((type) => [type, { kind, rows }]));

/** What the task force comes to, in the order of its table. */
export const RESULTS = ['arrests', 'rescues', 'seizures', 'returns', 'documents-stopped', 'hits-confirmed'] as const;

/** Results that a view's records tell of, each dated and a member's. */
export interface ResultSource {
  result: (typeof RESULTS)[number];
  /**
   * Selects, as the reader role sees it: `member`, whose result it is; `at`; `kind` and `unit`, text or null; `quantity`,
   * numeric; and what it rests on, to be logged: `records` uuid[], and whose each of them is, `originators` text[].
   */
  sql: string;
}

/** A kind of record that lists show, by the table that they read. */
export interface Feed {
  kind: string;
  table: string;
  /** SQL, of its row `t`: what tells one appearance from another, as text. By default the record's version. */
  version?: string;
  /** SQL after its table `t`: what its version is made of, and which of its rows there are. */
  join?: string;
  /** Lists show a member its own alone: of others' that contributed to an answer nothing is told. */
  own?: true;
}

/**
 * What a member adds to a record that may be another's, on its own source: a record of its own, as visible as the whole, and
 * no more. `table` is made by `partTable`.
 */
export interface Part {
  /** Of the member's own record, as the projections say it. */
  kind: string;
  table: string;
  /** The column that names the whole. */
  whole: string;
  /** The table of the wholes, and its column of the members that have a part in one, beside its originator: text[]. */
  wholes: string;
  participants: string;
}

/** What a member says that may count for nothing: the same notice tells its author, whyever it does. */
export interface Voidable {
  /** The kinds of records that it says it by. */
  kinds: readonly string[];
  /**
   * Selects record, target and `at` of what member $1 said that is void: a function of the events alone, so neither grants
   * nor clearance nor time count.
   */
  sql: string;
}

/**
 * What a member says of what two records make together (a DNA hit): a record that names no audience. Whoever is served both
 * of those may be served it, where its own shield doesn't say otherwise.
 */
export interface Aside {
  /** Of the member's own record, as the projections say it. */
  kind: string;
  table: string;
  /** The column that names what is made. */
  about: string;
  /** Of the records that make it. */
  category: Category;
  /** The name of what two records make. */
  made(one: string, other: string): string;
}

/** A module of the joint views, write side: one folder. Listed in views.ts, and nowhere else. */
export interface View {
  name: string;
  /** Creates its tables; `{schema}` stands for the copy's schema. */
  script: URL;
  tables: readonly RecordTable[];
  /**
   * By type of event (the newest version of it): the kind of record that it makes, or null where it only adds to a
   * record that another event, or another view, makes.
   */
  projections: Record<string, { kind: string | null; rows: Projection }>;
  /** What members add to its records. */
  parts?: readonly Part[];
  /** What members say of what its records make together. */
  asides?: readonly Aside[];
  /** What else of it a member may say in vain, to be told so. */
  voids?: readonly Voidable[];
  /** What of it counts as a result of the task force's. */
  results?: readonly ResultSource[];
  /** Its records that a list shows: what `GET /v1/changes` is about. */
  feeds?: readonly Feed[];
  /**
   * What several sources feed together is worked out again for the records just written, in the same transaction: from
   * the rows alone, so that the order in which sources arrived doesn't matter. Set-based, and idempotent.
   */
  settle?(sql: Sql, schema: string, records: readonly string[]): Promise<void>;
  /**
   * Makes what a process holds of the live copy in its memory, before anything is applied: outside of any transaction. `tell`
   * is told of long work, how far it is.
   */
  prepare?(sql: Sql, schema: string, tell: (done: number) => void): Promise<void>;
  /**
   * Kinds of its records with which others of their member's go when they are erased: `settle` says which in
   * keyring.companions, of what counts at some time. It stays there, whatever counts later.
   */
  companions?: readonly string[];
  /** Records that rows of these records have a part in: asked before those are written, to be settled with them. */
  touched?(sql: Sql, schema: string, records: readonly string[]): Promise<string[]>;
}
