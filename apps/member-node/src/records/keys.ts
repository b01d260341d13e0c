import { newKey } from '#contracts';
import { quoteIdent, type Database } from '#sql';

interface Row {
  record: string;
  key: Uint8Array;
}

/** The keys of this node's records. What a key sealed can't be read once the key is destroyed. */
export class RecordKeys {
  private readonly table: string;
  private readonly lists: string;

  constructor(
    private readonly db: Database,
    schema: string,
  ) {
    this.table = `${quoteIdent(schema)}.keys`;
    this.lists = `${quoteIdent(schema)}.own_records`;
  }

  /** The keys of these records, made where missing. They are durable when this resolves. */
  async ensure(records: readonly string[]): Promise<Map<string, Uint8Array>> {
    if (records.length === 0) return new Map();
    const distinct = [...new Set(records)];
    // A key that is there stays: the update that changes nothing makes the statement answer it.
    const rows = await this.db.query<Row>(
      `insert into ${this.table} as keys (record, key) select * from unnest($1::uuid[], $2::bytea[])
       on conflict (record) do update set key = keys.key returning record, key`,
      [distinct, distinct.map(() => newKey())],
    );
    return new Map(rows.map(({ record, key }) => [record, key]));
  }

  /** Those that are there. */
  async find(records: readonly string[]): Promise<Map<string, Uint8Array>> {
    if (records.length === 0) return new Map();
    const rows = await this.db.query<Row>(`select record, key from ${this.table} where record = any($1::uuid[])`, [
      [...new Set(records)],
    ]);
    return new Map(rows.map(({ record, key }) => [record, key]));
  }

  /** Destroys them. */
  async destroy(records: readonly string[]): Promise<void> {
    await this.db.query(`delete from ${this.table} where record = any($1::uuid[])`, [records]);
  }

  /** Destroys again those of erased records, which a restored backup of this table may hold; their tear lines' too. */
  async destroyErased(): Promise<void> {
    await this.db.query(
      `delete from ${this.table} k using ${this.lists} r
       where r.state = 'erased' and (k.record = r.record or k.record = any(r.satellites))`,
    );
  }
}
