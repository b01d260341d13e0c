import type { MemberBits } from '#access-policy';
import { oneOf, type Sql } from '#sql';
import { fold, settled, unfolded, type Folded } from './fold.ts';
import { settleViews, settling } from './parts.ts';
import type { Change, RecordState, Row, Rows } from './record.ts';
import { fromRow, toRow } from './rows.ts';
import { deleteChildren, followRecords, insertChildren, insertRows, upsertRecords } from './sink.ts';
import { RECORDS, type RecordTable } from './tables.ts';
import type { View } from './view.ts';

/** The changes of one source's events, in their order. */
export interface ChangeSet {
  schema: string;
  views: readonly View[];
  source: string;
  originator: string;
  bits: MemberBits;
  changes: readonly Change[];
}

/** Writes the changes, set by set, in the caller's transaction. Answers the records whose keys are to be destroyed. */
export async function writeChanges(sql: Sql, set: ChangeSet): Promise<string[]> {
  const records = [...new Set(set.changes.map(({ record }) => record))];
  if (records.length === 0) return [];
  const before = await existing(sql, set.schema, records);
  await lockSettled(sql, set, before);
  const mine = owned(set, before);
  const folded = foldAll(mine, before, await poisonedAmong(sql, set, records));
  await write(sql, set, folded, before);
  // Also where the id is another member's: the key is this member's own.
  return [...new Set(set.changes.filter(({ change }) => change === 'erase').map(({ record }) => record))];
}

/** The records that are there, locked. */
export async function existing(
  sql: Sql,
  schema: string,
  records: readonly string[],
): Promise<Map<string, RecordState>> {
  const columns = Object.keys(RECORDS).join(', ');
  const rows = await sql.query<Row>(
    `select ${columns} from ${schema}.records where record = ${oneOf('$1', 'uuid')}
     order by record for update`,
    [records],
  );
  return new Map(rows.map((row) => [row['record'] as string, fromRow(row)]));
}

async function poisonedAmong(sql: Sql, set: ChangeSet, records: readonly string[]): Promise<Set<string>> {
  const rows = await sql.query<{ record: string }>(
    `select distinct record from ${set.schema}.poison where source = $1 and record = ${oneOf('$2', 'uuid')}`,
    [set.source, records],
  );
  return new Set(rows.map(({ record }) => record));
}

/**
 * Two members that use one id for their records: the one that joined first (the lower bit) has it, whoever came first,
 * so that the order in which sources arrive makes no difference.
 */
function owned(set: ChangeSet, before: ReadonlyMap<string, RecordState>): ChangeSet {
  const bit = (code: string) => set.bits.get(code) ?? Number.MAX_SAFE_INTEGER;
  const lost = (record: string) => bit(before.get(record)?.originator ?? set.originator) < bit(set.originator);
  return { ...set, changes: set.changes.filter(({ record }) => !lost(record)) };
}

function foldAll(set: ChangeSet, before: ReadonlyMap<string, RecordState>, poisoned: ReadonlySet<string>) {
  const folded = new Map<string, Folded>();
  for (const change of set.changes) {
    const known = before.get(change.record);
    const state = known?.originator === set.originator ? known : null;
    const so = folded.get(change.record) ?? unfolded(set.originator, state, poisoned.has(change.record));
    folded.set(change.record, fold(so, change));
  }
  return folded;
}

/** One transaction at a time works out what several sources feed: the later one then sees the earlier one's rows. */
export async function lockSettled(sql: Sql, set: ChangeSet, before: ReadonlyMap<string, RecordState>): Promise<void> {
  const kinds = new Set([...before.values()].map(({ kind }) => kind));
  for (const change of set.changes) if (change.change === 'put') kinds.add(change.kind);
  for (const view of settling(set.views)) {
    if (!Object.values(view.projections).some(({ kind }) => kind !== null && kinds.has(kind))) continue;
    await sql.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [
      `accord.settle.${set.schema}.${view.name}`,
    ]);
  }
}

async function write(
  sql: Sql,
  set: ChangeSet,
  folded: ReadonlyMap<string, Folded>,
  before: ReadonlyMap<string, RecordState>,
): Promise<void> {
  const all = [...folded];
  const tables = set.views.flatMap((view) => view.tables);
  const touched = await touchedBy(sql, set, before);
  const was = all.filter(([record]) => before.has(record));
  const ids = (some: typeof all) => some.map(([record]) => record);
  const taken = was.filter(([record, it]) => it.state && before.get(record)!.originator !== set.originator);
  await deleteChildren(sql, set.schema, [{ name: 'withdrawals' }], ids(taken));
  const replaced = was.filter(([, it]) => it.rows !== 'keep');
  await deleteChildren(
    sql,
    set.schema,
    tables.filter(({ grows }) => !grows),
    ids(replaced),
  );
  await deleteChildren(
    sql,
    set.schema,
    tables.filter(({ grows }) => grows),
    ids([...was.filter(([, it]) => it.erased && it.state), ...taken]),
  );
  await deleteChildren(sql, set.schema, [{ name: 'records' }], ids(taken));
  const states = all.map(([, it]) => settled(it)).filter((state) => state !== null);
  const changed = states.filter((state) => !isSame(state, before.get(state.record)));
  await upsertRecords(
    sql,
    set.schema,
    changed.map((state) => toRow(state, set.bits)),
  );
  await followRecords(sql, set.schema, tables, ids(was.filter(([, it]) => it.rows === 'keep')));
  await insertAllChildren(sql, set, all);
  await writeTrail(sql, set, all, before);
  await settleViews(sql, set.schema, set.views, [...ids(all), ...touched]);
}

/** What rows that may go have a part in: afterwards nothing would tell. */
export async function touchedBy(sql: Sql, set: ChangeSet, before: ReadonlyMap<string, RecordState>): Promise<string[]> {
  const touched: string[] = [];
  for (const view of set.views) {
    const made = [...before.values()].filter(({ kind }) => makes(view, kind)).map(({ record }) => record);
    if (view.touched && made.length > 0) touched.push(...(await view.touched(sql, set.schema, made)));
  }
  return touched;
}

const makes = ({ projections }: View, of: string): boolean =>
  Object.values(projections).some(({ kind }) => kind === of);

/** Events that counted for nothing leave it where it was. */
const isSame = (state: RecordState, before: RecordState | undefined): boolean =>
  before?.originator === state.originator && before.sequence === state.sequence;

async function insertAllChildren(sql: Sql, set: ChangeSet, all: readonly [string, Folded][]): Promise<void> {
  const tables = set.views.flatMap((view) => view.tables).map((table): Gathered => ({ table, records: [], rows: [] }));
  const byName = new Map(tables.map((one) => [one.table.name, one]));
  for (const [record, { rows, added }] of all) {
    for (const own of typeof rows === 'string' ? added : [rows, ...added]) gather(byName, record, own);
  }
  await insertChildren(sql, set.schema, tables.map(firstOfEach));
}

/** Rows of one table, beside the records that they are of. */
interface Gathered {
  table: RecordTable;
  records: string[];
  rows: Row[];
}

function gather(tables: ReadonlyMap<string, Gathered>, record: string, rows: Rows): void {
  for (const [name, some] of Object.entries(rows)) {
    const into = tables.get(name);
    for (const row of into ? some : []) {
      into!.records.push(record);
      into!.rows.push(row);
    }
  }
}

/** What two events said of one thing: the first stands, as it would if each had come in a batch of its own. */
function firstOfEach(gathered: Gathered): Gathered {
  const { table, records, rows } = gathered;
  if (!table.grows) return gathered;
  const first = new Map<string, number>();
  for (const [n, row] of rows.entries()) {
    const name = JSON.stringify(table.key.map((column) => (column === 'record' ? records[n] : row[column])));
    if (!first.has(name)) first.set(name, n);
  }
  const kept = [...first.values()];
  return { table, records: kept.map((n) => records[n]!), rows: kept.map((n) => rows[n]!) };
}

const WITHDRAWALS = { record: 'uuid', originator: 'text', sequence: 'bigint', at: 'timestamptz', removed: 'text[]' };
const POISON = { source: 'text', sequence: 'bigint', record: 'uuid', reason: 'text' };

async function writeTrail(
  sql: Sql,
  set: ChangeSet,
  all: readonly [string, Folded][],
  before: ReadonlyMap<string, RecordState>,
): Promise<void> {
  const withdrawals = all.flatMap(([, it]) => it.withdrawals.map((row) => ({ ...row, originator: it.originator })));
  await insertRows(sql, `${set.schema}.withdrawals`, WITHDRAWALS, withdrawals);
  const erased = all.filter(([, it]) => it.erased).map(([record]) => record);
  await forgetPoison(sql, set.schema, [set.source], erased);
  const made = all.filter(([record, it]) => it.state && before.get(record)?.originator !== set.originator);
  await forgetPoison(
    sql,
    set.schema,
    laterMembers(set),
    made.map(([record]) => record),
  );
  const poison = all.flatMap(([record, it]) => it.poison.map((row) => ({ ...row, record, source: set.source })));
  await insertRows(sql, `${set.schema}.poison`, POISON, poison);
}

/** The sources whose word on a record counts for nothing once this one has made it. See `owned`. */
function laterMembers({ bits, originator }: ChangeSet): string[] {
  const own = bits.get(originator) ?? Number.MAX_SAFE_INTEGER;
  return [...bits].filter(([, bit]) => bit > own).map(([code]) => `/members/${code}`);
}

async function forgetPoison(sql: Sql, schema: string, sources: readonly string[], records: readonly string[]) {
  if (records.length === 0) return;
  await sql.query(`delete from ${schema}.poison where source = any($1) and record = ${oneOf('$2', 'uuid')}`, [
    sources,
    records,
  ]);
}
