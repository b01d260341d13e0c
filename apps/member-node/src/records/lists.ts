import { CLASSIFICATIONS, KeyedHash, seal, type Classification } from '#contracts';
import { quoteIdent, type Database, type Sql } from '#sql';
import type { Summary, Touch } from './record-module.ts';

/** A record as it stands after an append. */
export interface Listed {
  kind: string;
  id: string;
  summary: Summary;
  version: number;
  /** RFC 3339: of the last event that a reader of the record would notice. */
  updatedAt: string;
  /** Absent once destroyed. */
  key?: Uint8Array;
  /** Made just now: the lists hold nothing of it yet. */
  isNew?: boolean;
}

export interface ListQuery {
  kind: string;
  clearance: Classification;
  limit: number;
  /** The last item of the page before: updatedAt in milliseconds, and id. */
  after?: { updatedAt: number; id: string };
}

/** Records below which a plan hardly matters. */
const FEW = 1_000;

/** Facts of a person in a record are bound to both when sealed. */
export const factsBinding = (entity: string): string => `facts ${entity}`;

const UPSERT_RECORDS = (records: string) => `
  insert into ${records} (record, kind, state, classification, review_by, updated_at, version, satellites)
  select record, kind, state, classification, review_by, updated_at, version, string_to_array(satellites, ',')::uuid[]
  from unnest($1::uuid[], $2::text[], $3::text[], $4::int[], $5::date[], $6::timestamptz[], $7::int[], $8::text[])
    as t (record, kind, state, classification, review_by, updated_at, version, satellites)
  on conflict (record) do update set state = excluded.state, classification = excluded.classification,
    review_by = excluded.review_by, updated_at = excluded.updated_at, version = excluded.version,
    satellites = excluded.satellites
  where ${records}.version <= excluded.version`;

/**
 * The node's own lists: which records it has, and which entities they touch. Made from its events alone, so they can be
 * brought up to date at any time; they hold no plaintext.
 */
export class OwnLists {
  private readonly schema: string;
  private readonly hash: KeyedHash;
  private grown = 0;
  private analyzed = FEW;

  constructor(
    private readonly db: Database,
    schema: string,
    secret: Uint8Array,
  ) {
    this.schema = quoteIdent(schema);
    this.hash = new KeyedHash(secret);
  }

  /** What stands for an identifier where it is kept. */
  token(identifier: string): string {
    return this.hash.of(identifier);
  }

  /** Brings the lists to these states, and remembers that all before `event` needs no more work. */
  async apply(listed: readonly Listed[], event: string | null): Promise<void> {
    if (event === null && listed.every(({ isNew }) => isNew === true)) await this.add(listed);
    else await this.bring(listed, event);
    await this.analyze(listed.length);
  }

  /** Records of which the lists hold nothing: all in one statement, which is a transaction of its own. */
  private async add(listed: readonly Listed[]): Promise<void> {
    if (listed.length === 0) return;
    const rows = rowsOf(listed);
    await this.db.query(
      `with listed as (${UPSERT_RECORDS(`${this.schema}.own_records`)}),
         touched as (${this.insertTouches(9)})
       ${this.insertIdentifiers(12)}`,
      [...columnsOf(listed), ...this.touchColumns(rows), ...this.identifierColumns(rows)],
    );
  }

  private async bring(listed: readonly Listed[], event: string | null): Promise<void> {
    await this.db.transaction(async (sql) => {
      if (listed.length > 0) {
        await sql.query(UPSERT_RECORDS(`${this.schema}.own_records`), columnsOf(listed));
        await this.touch(sql, listed);
      }
      if (event !== null) await this.remember(sql, event);
    });
  }

  /** Each time that they have doubled: an embedded database has nobody else who does, and plans badly without. */
  private async analyze(more: number): Promise<void> {
    this.grown += more;
    if (this.grown < this.analyzed) return;
    this.analyzed = this.grown * 2;
    for (const table of ['own_records', 'own_touches', 'own_identifiers', 'keys']) {
      await this.db.query(`analyze ${this.schema}.${table}`);
    }
  }

  /** The event from which a catch-up must begin, if one ever ended. */
  async applied(): Promise<string | null> {
    const rows = await this.db.query<{ event: string }>(`select event from ${this.schema}.own_applied`);
    return rows[0]?.event ?? null;
  }

  private async remember(sql: Sql, event: string): Promise<void> {
    await sql.query(
      `insert into ${this.schema}.own_applied (event) values ($1) on conflict (one) do update set event = excluded.event`,
      [event],
    );
  }

  private async touch(sql: Sql, listed: readonly Listed[]): Promise<void> {
    const gone = listed.filter(({ isNew }) => !isNew).map(({ id }) => id);
    if (gone.length > 0) {
      await sql.query(`delete from ${this.schema}.own_touches where record = any($1::uuid[])`, [gone]);
      await sql.query(`delete from ${this.schema}.own_identifiers where record = any($1::uuid[])`, [gone]);
    }
    const rows = rowsOf(listed);
    if (rows.length === 0) return;
    await sql.query(this.insertTouches(1), this.touchColumns(rows));
    await sql.query(this.insertIdentifiers(1), this.identifierColumns(rows));
  }

  /** `first`: the number of its first parameter. */
  private insertTouches(first: number): string {
    return `insert into ${this.schema}.own_touches (record, entity, facts)
      select * from unnest($${first}::uuid[], $${first + 1}::text[], $${first + 2}::text[])`;
  }

  private touchColumns(rows: readonly TouchRow[]): unknown[] {
    return [rows.map((r) => r.id), rows.map((r) => r.entity), rows.map(sealedFacts)];
  }

  private insertIdentifiers(first: number): string {
    return `insert into ${this.schema}.own_identifiers (token, record, entity)
      select * from unnest($${first}::text[], $${first + 1}::uuid[], $${first + 2}::text[]) on conflict do nothing`;
  }

  private identifierColumns(rows: readonly TouchRow[]): unknown[] {
    const named = rows.flatMap((r) => r.identifiers.map((i) => ({ token: this.token(i), id: r.id, entity: r.entity })));
    return [named.map((n) => n.token), named.map((n) => n.id), named.map((n) => n.entity)];
  }
}

type TouchRow = Touch & { id: string; key: Uint8Array };

/** Nothing of a record whose key is gone. */
const rowsOf = (listed: readonly Listed[]): TouchRow[] =>
  listed.flatMap(({ id, key, summary }) => (key ? summary.touches.map((t) => ({ ...t, id, key })) : []));

const sealedFacts = ({ id, key, entity, person }: TouchRow): string | null =>
  person && seal(key, id, factsBinding(entity), JSON.stringify(person));

const columnsOf = (listed: readonly Listed[]): unknown[] => [
  listed.map(({ id }) => id),
  listed.map(({ kind }) => kind),
  listed.map(({ summary }) => summary.state),
  listed.map(({ summary }) => CLASSIFICATIONS.indexOf(summary.classification)),
  listed.map(({ summary }) => summary.reviewBy),
  listed.map(({ updatedAt }) => updatedAt),
  listed.map(({ version }) => version),
  listed.map(({ summary }) => summary.satellites.join(',')),
];
