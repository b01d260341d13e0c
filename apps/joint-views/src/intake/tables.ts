import type { View } from '../records/view.ts';

/** A table of a copy of the views, with what orders its rows. */
export interface CopyTable {
  name: string;
  /** Its key's columns and their types, in order. */
  key: Record<string, string>;
  /** What of it must be the same in a rebuild: null, all. */
  columns: readonly string[] | null;
  protected: boolean;
}

const table = (name: string, key: Record<string, string>, columns: readonly string[] | null = null): CopyTable => {
  return { name, key, columns, protected: false };
};

/** Every table of a copy, by name. */
export function tablesOf(views: readonly View[]): CopyTable[] {
  const common = [
    // Where to read on in the log isn't the same for one who read ahead.
    table('sources', { source: 'text' }, ['source', 'sequence', 'hash']),
    table('chain', { source: 'text', sequence: 'bigint' }),
    table('signatures', { source: 'text', sequence: 'bigint' }),
    table('poison', { source: 'text', sequence: 'bigint', record: 'uuid' }),
    table('members', { code: 'text' }),
    table('agreements', { id: 'uuid' }),
    table('records', { record: 'uuid' }),
    table('withdrawals', { record: 'uuid', sequence: 'bigint' }),
  ];
  const own = views.flatMap(({ tables }) =>
    tables.map(({ name, key, columns, ...rest }) => {
      const typed = key.map((column) => [column, columns[column] ?? 'uuid']);
      return {
        name,
        key: Object.fromEntries(typed) as Record<string, string>,
        columns: null,
        protected: rest.protected,
      };
    }),
  );
  return [...common, ...own].sort((a, b) => (a.name < b.name ? -1 : 1));
}
