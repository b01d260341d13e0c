import { oneOf, type Database } from '#sql';
import { VIEWS } from '../views.ts';

/** Of the records that others go with. */
const KINDS = VIEWS.flatMap(({ companions = [] }) => companions);

/** The records' keys, by their originator. Not a view: a replay needs them, and leaves them. */
export class Keyring {
  constructor(private readonly db: Database) {}

  /** Those that are there. */
  async find(member: string, records: readonly string[]): Promise<ReadonlyMap<string, Uint8Array>> {
    if (records.length === 0) return new Map();
    const rows = await this.db.query<{ record: string; key: Uint8Array }>(
      `select record, key from keyring.keys where member = $1 and record = ${oneOf('$2', 'uuid')} and key is not null`,
      [member, records],
    );
    return new Map(rows.map(({ record, key }) => [record, key]));
  }

  /** Keeps keys. One that is there stays, so that nothing opens otherwise later; a destroyed one doesn't come back. */
  async keep(member: string, keys: readonly { record: string; key: Uint8Array }[]): Promise<void> {
    if (keys.length === 0) return;
    await this.db.query(
      `insert into keyring.keys (member, record, key)
       select $1, x.record, x.key from unnest($2::uuid[], $3::bytea[]) as x (record, key) on conflict do nothing`,
      [member, keys.map(({ record }) => record), keys.map(({ key }) => key)],
    );
  }

  /** Destroys a key, for good, whether it was there or not. */
  async destroy(member: string, record: string): Promise<void> {
    await this.db.query(
      `insert into keyring.keys (member, record, key) values ($1, $2, null)
       on conflict (member, record) do update set key = null`,
      [member, record],
    );
  }

  /**
   * What else of this member's goes with a record that it erased, and is still there. Null: nothing does, nor will. Until the
   * views have applied the erasure, something may yet come to be known.
   */
  async companions(member: string, record: string): Promise<string[] | null> {
    const [row] = await this.db.query<{ companions: string[]; stands: boolean }>(
      `select array(
           select c.companion from keyring.companions c
           join keyring.keys k on k.member = c.member and k.record = c.companion and k.key is not null
           where c.member = $1 and c.record = $2 order by c.companion) as companions,
         exists (
           select from views.records r
           where r.record = $2 and r.originator = $1 and r.kind = any ($3::text[]) and r.state <> 3) as stands`,
      [member, record, KINDS],
    );
    return row!.stands || row!.companions.length > 0 ? row!.companions : null;
  }

  /**
   * Destroys again the keys of records that a copy of the views knows as erased: a restored backup of the keys may be
   * older than the erasure. Answers how many there were.
   */
  async destroyErased(schema: string): Promise<number> {
    const rows = await this.db.query(
      `update keyring.keys k set key = null from ${schema}.records r
       where r.state = 3 and k.member = r.originator and k.record = r.record and k.key is not null returning 1`,
    );
    return rows.length;
  }
}
