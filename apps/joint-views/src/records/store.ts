import { oneOf, type Sql } from '#sql';
import type { ChangeSet } from './change-set.ts';
import { concerned } from './concerned.ts';
import { markContested } from './contested.ts';
import { fold, settled, unfolded, type Folded } from './fold.ts';
import { settleViews, settling } from './parts.ts';
import { forgetPoison, hasPoison, poisonedAmong, writePoison } from './poison.ts';
import type { RecordState, Row, Rows } from './record.ts';
import { fromRow, toRow } from './rows.ts';
import { deleteChildren, followRecords, insertChildren, upsertRecords } from './sink.ts';
import { RECORDS, type RecordTable } from './tables.ts';
import type { View } from './view.ts';
import { takeFromAll, writeWithdrawals } from './withdrawals.ts';

/** Writes the changes, set by set, in the caller's transaction. Answers the records whose keys are to be destroyed. */
export async function writeChanges(sql: Sql, set: ChangeSet): Promise<string[]> {
  const records = [...new Set(set.changes.map(({ record }) => record))];
  if (records.length === 0) return [];
  const before = await existing(sql, set.schema, records);
  await lockSettled(sql, set, before);
  const mine = owned(set, before);
  const poisoned = (await hasPoison(sql, set.schema)) ? await poisonedAmong(sql, set, records) : null;
  const folded = foldAll(mine, before, poisoned ?? new Set());
  await write(sql, set, folded, before);
  if (poisoned) await forgetPoison(sql, set, folded, before);
  await writePoison(sql, set, folded);
  const contested = await markContested(sql, set, before);
  if (contested.length > 0) await settleViews(sql, set.schema, concerned(set, before), contested);
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
  for (const view of settling(concerned(set, before))) {
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
  await takeFromAll(sql, set.schema, ids(was.filter(([, it]) => it.erased && it.state)));
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
  const staged = await upsertRecords(
    sql,
    set.schema,
    changed.map((state) => toRow(state, set.bits)),
  );
  await followRecords(sql, set.schema, tables, ids(was.filter(([, it]) => it.rows === 'keep')));
  await insertAllChildren(sql, set, all, staged);
  await writeWithdrawals(sql, set.schema, all);
  await settleViews(sql, set.schema, concerned(set, before), [...ids(all), ...touched]);
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

async function insertAllChildren(
  sql: Sql,
  set: ChangeSet,
  all: readonly [string, Folded][],
  staged: string | null,
): Promise<void> {
  const tables = set.views.flatMap((view) => view.tables).map((table): Gathered => ({ table, records: [], rows: [] }));
  const byName = new Map(tables.map((one) => [one.table.name, one]));
  for (const [record, { rows, added }] of all) {
    for (const own of typeof rows === 'string' ? added : [rows, ...added]) gather(byName, record, own);
  }
  await insertChildren(sql, set.schema, tables.map(firstOfEach), staged);
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
