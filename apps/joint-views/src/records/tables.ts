/** A table of the views that holds something of a record, one or more rows each. Its column `record` names the record. */
export interface RecordTable {
  name: string;
  /** Columns that a projection's rows fill, and their SQL types. */
  columns: Record<string, string>;
  /** Columns that are copies of the record's own row: name → column of `records`. They follow it when it changes. */
  mirrors: Record<string, string>;
  key: readonly string[];
  /** Rows are only added, and stay when the record is put again; else they are replaced with it. */
  grows: boolean;
  /** Whether readers may read it, row by row as the access rule says. */
  protected: boolean;
}

/** The access columns but `record`: so that one row answers for itself. */
const ACCESS = [
  'originator',
  'grant_key',
  'audience',
  'shield',
  'purposes',
  'classification',
  'not_before',
  'review_by',
  'state',
  'withheld',
];

const same = (names: readonly string[]): Record<string, string> =>
  Object.fromEntries(names.map((name) => [name, name]));

/** A table with the access columns, and maybe more that follow the record. */
export function protectedTable(
  name: string,
  columns: Record<string, string>,
  options: { key?: readonly string[]; follows?: readonly string[] } = {},
): RecordTable {
  const { key = [], follows = [] } = options;
  return {
    name,
    columns,
    mirrors: same([...ACCESS, ...follows]),
    key: ['record', ...key],
    grows: false,
    protected: true,
  };
}

/** What a list shows of a record beside its access columns, and follows it. */
const SHOWN = ['handling_codes', 'released_at', 'updated_at', 'version'];

/** A table with a row for each record of a system's, as its last snapshot says. In its script: `{snapshot}`. */
export const snapshotTable = (name: string, columns: Record<string, string>): RecordTable =>
  protectedTable(name, columns, { follows: SHOWN });

// Its own, before the whole's are joined to them.
const OWN = { own_shield: 'shield', own_shield_codes: 'shield_codes', own_state: 'state', own_withheld: 'withheld' };

/** A table of what members add to records that may be others': see Part. In its script: `{part}`. */
export const partTable = (name: string, columns: Record<string, string>): RecordTable => {
  const table = protectedTable(name, columns);
  return { ...table, mirrors: { ...table.mirrors, ...OWN } };
};

const ACCESS_SQL = `record uuid primary key,
  originator text not null, grant_key integer not null, audience bigint not null, shield bigint not null, purposes bigint not null,
  classification smallint not null, not_before timestamptz, review_by timestamptz not null, state smallint not null, withheld boolean not null`;

/** What stands for columns in a view's script, so that no module spells out what all tables share. */
const PLACEHOLDERS: Readonly<Record<string, string>> = {
  access: ACCESS_SQL,
  snapshot: `${ACCESS_SQL},
  handling_codes text[] not null, released_at timestamptz not null, updated_at timestamptz not null, version integer not null`,
  part: `${ACCESS_SQL},
  own_shield bigint not null, own_shield_codes text[] not null, own_state smallint not null, own_withheld boolean not null`,
};

/** A view's script with its columns written out; `{schema}` stays. */
export const withColumns = (script: string): string =>
  script.replaceAll(/\{(\w+)\}/g, (placeholder, name: string) => PLACEHOLDERS[name] ?? placeholder);

/** A table that no reader sees: only the views' own computations read it. */
export function innerTable(
  name: string,
  columns: Record<string, string>,
  options: { key?: readonly string[]; grows?: boolean } = {},
): RecordTable {
  const { key = [], grows = false } = options;
  return { name, columns, mirrors: { originator: 'originator' }, key: ['record', ...key], grows, protected: false };
}

/** The columns of `records`, and their types. */
export const RECORDS = {
  record: 'uuid',
  originator: 'text',
  grant_key: 'integer',
  audience: 'bigint',
  shield: 'bigint',
  purposes: 'bigint',
  classification: 'smallint',
  not_before: 'timestamptz',
  review_by: 'timestamptz',
  state: 'smallint',
  withheld: 'boolean',
  kind: 'text',
  category: 'text',
  shield_codes: 'text[]',
  audience_codes: 'text[]',
  taskforce: 'boolean',
  handling_codes: 'text[]',
  released_at: 'timestamptz',
  updated_at: 'timestamptz',
  version: 'integer',
  sequence: 'bigint',
  unread: 'boolean',
  stale: 'boolean',
  contested: 'boolean',
} as const;
