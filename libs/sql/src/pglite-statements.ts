import type { PGlite } from '@electric-sql/pglite';
import { serialize } from 'pg-protocol';
import { encodeParam, PARSERS } from './values.ts';

/** What changes what statements mean or answer. Temporary tables come and go with a transaction, always the same. */
const CHANGES_TABLES = /\b(?:create(?!\s+temp)|alter|(?<!\bon commit )drop)\b/i;
/** How many are kept prepared. Each holds some tens of kilobytes of PGlite's memory. */
const MOST = 300;

type Fields = { name: string; dataTypeID: number }[];
type Answer = { name: string; fields?: Fields | (string | null)[] };

/**
 * Runs statements on a PGlite: what is asked again is prepared, and each is one message of the wire protocol. PGlite's
 * own `query` sends six and plans anew each time, which is two thirds of what a small statement costs.
 */
export class Statements {
  /** The texts that were asked, the least recent first: what each is prepared as, null after its first time. */
  readonly #names = new Map<string, string | null>();
  #closing: string[] = [];
  #tablesChanged = false;
  #made = 0;

  constructor(private readonly db: PGlite) {}

  /** Runs one statement. The caller sees to it that it isn't within another's transaction. */
  async run<Row>(text: string, params: readonly unknown[]): Promise<Row[]> {
    const values = params.map(encodeParam);
    const answers = await this.db.runExclusive(async () => {
      await this.db._checkReady();
      try {
        return (await this.db.execProtocolStream(this.#messages(text, values), { syncToFs: false })) as Answer[];
      } catch (error) {
        // It may or may not have been prepared.
        this.#forget(text);
        throw error;
      }
    });
    return rowsOf<Row>(answers);
  }

  /** To be told of each script: after one that changes tables, statements are prepared anew. */
  noteScript(script: string): void {
    if (!CHANGES_TABLES.test(script)) return;
    this.#tablesChanged = true;
    this.#forgetAll();
  }

  /** To be told before each transaction. */
  noteBegin(): void {
    this.#tablesChanged = false;
  }

  /** To be told of each transaction that is about to be rolled back: tables that it has changed become what they were. */
  noteRollback(): void {
    if (this.#tablesChanged) this.#forgetAll();
  }

  #messages(text: string, values: (string | null)[]): Uint8Array {
    const prepared = this.#prepare(text);
    const closing = this.#closing.splice(0).map((name) => serialize.close({ type: 'S', name }));
    const { statement, messages } = prepared;
    return Buffer.concat([
      ...closing,
      ...messages,
      serialize.bind({ statement, values }),
      serialize.describe({ type: 'P', name: '' }),
      serialize.execute({}),
      serialize.sync(),
    ]);
  }

  /** Its first time it isn't kept: it may never come again. */
  #prepare(text: string): { statement: string; messages: Uint8Array[] } {
    const known = this.#names.get(text);
    const statement = known ?? (known === null ? `accord_${(this.#made += 1)}` : '');
    this.#names.delete(text);
    if (CHANGES_TABLES.test(text)) this.noteScript(text);
    else this.#names.set(text, statement === '' ? null : statement);
    const oldest = this.#names.size > MOST ? this.#names.keys().next().value : undefined;
    if (oldest !== undefined) this.#forget(oldest);
    return { statement, messages: known ? [] : [serialize.parse({ name: statement, text })] };
  }

  #forgetAll(): void {
    for (const text of [...this.#names.keys()]) this.#forget(text);
  }

  #forget(text: string): void {
    const name = this.#names.get(text);
    if (name) this.#closing.push(name);
    this.#names.delete(text);
  }
}

function rowsOf<Row>(answers: readonly Answer[]): Row[] {
  let fields: Fields = [];
  const rows: Row[] = [];
  for (const answer of answers) {
    if (answer.name === 'rowDescription') fields = answer.fields as Fields;
    if (answer.name === 'dataRow') rows.push(rowOf(fields, answer.fields as (string | null)[]) as Row);
  }
  return rows;
}

function rowOf(fields: Fields, values: readonly (string | null)[]): Record<string, unknown> {
  const row: Record<string, unknown> = {};
  for (const [n, { name, dataTypeID }] of fields.entries()) {
    const text = values[n] ?? null;
    const parse = PARSERS[dataTypeID];
    row[name] = text === null || parse === undefined ? text : parse(text);
  }
  return row;
}
