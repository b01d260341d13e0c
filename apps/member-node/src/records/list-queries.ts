import { CLASSIFICATIONS, type Classification } from '#contracts';
import { quoteIdent, type Database } from '#sql';
import type { ListQuery } from './lists.ts';

export interface ListRow {
  id: string;
  updatedAt: number;
}

export interface ReviewRow {
  id: string;
  kind: string;
  /** YYYY-MM-DD: it expires with the first instant of that day, UTC. */
  reviewBy: string;
  version: number;
}

export interface ReviewsAsked {
  before: string;
  clearance: Classification;
  limit: number;
  /** The last row of the page before. */
  after: Pick<ReviewRow, 'id' | 'reviewBy'> | null;
}

/** Questions to the node's own lists. */
export class ListQueries {
  private readonly schema: string;

  constructor(
    private readonly db: Database,
    schema: string,
  ) {
    this.schema = quoteIdent(schema);
  }

  /** Newest first; one more than `limit`, where there is one. */
  async page({ kind, clearance, limit, after }: ListQuery): Promise<ListRow[]> {
    const rows = await this.db.query<{ record: string; updated_at: Date }>(
      `select record, updated_at from ${this.schema}.own_records
       where kind = $1 and classification <= $2
         and ($3::timestamptz is null or (updated_at, record) < ($3::timestamptz, $4::uuid))
       order by updated_at desc, record desc limit $5`,
      [
        kind,
        CLASSIFICATIONS.indexOf(clearance),
        after ? new Date(after.updatedAt) : null,
        after?.id ?? null,
        limit + 1,
      ],
    );
    return rows.map(({ record, updated_at }) => ({ id: record, updatedAt: updated_at.getTime() }));
  }

  /** Released records whose review date has come. `day`: YYYY-MM-DD, UTC. */
  async due(day: string, limit: number): Promise<{ kind: string; id: string }[]> {
    return this.db.query(
      `select kind, record as id from ${this.schema}.own_records
       where state = 'released' and review_by <= $1::date order by review_by, record limit $2`,
      [day, limit],
    );
  }

  /** Released records to be reviewed before a day (YYYY-MM-DD, UTC), the soonest first; one more than `limit`. */
  async reviews({ before, clearance, limit, after }: ReviewsAsked): Promise<ReviewRow[]> {
    return this.db.query(
      `select record as id, kind, to_char(review_by, 'YYYY-MM-DD') as "reviewBy", version
       from ${this.schema}.own_records
       where state = 'released' and review_by < $1::date and classification <= $2
         and ($3::date is null or (review_by, record) > ($3::date, $4::uuid))
       order by review_by, record limit $5`,
      [before, CLASSIFICATIONS.indexOf(clearance), after?.reviewBy ?? null, after?.id ?? null, limit + 1],
    );
  }

  /** Released records, whatever their kind, by id; `after`: the last one of the page before. */
  async released(after: string | null, limit: number): Promise<{ kind: string; id: string }[]> {
    return this.db.query(
      `select kind, record as id from ${this.schema}.own_records
       where state = 'released' and ($1::uuid is null or record > $1::uuid) order by record limit $2`,
      [after, limit],
    );
  }

  async countReleased(): Promise<number> {
    const rows = await this.db.query<{ count: number }>(
      `select count(*)::int as count from ${this.schema}.own_records where state = 'released'`,
    );
    return rows[0]!.count;
  }

  /** Erased records of which something may still be held elsewhere. */
  async unpurged(): Promise<{ id: string; satellites: string[] }[]> {
    return this.db.query(
      `select record as id, satellites from ${this.schema}.own_records where state = 'erased' and not purged limit 500`,
    );
  }

  async purged(ids: readonly string[]): Promise<void> {
    await this.db.query(`update ${this.schema}.own_records set purged = true where record = any($1::uuid[])`, [ids]);
  }

  /** Which of these records there are, of whatever kind and state. */
  async existing(ids: readonly string[]): Promise<string[]> {
    const rows = await this.db.query<{ record: string }>(
      `select r.record from unnest($1::uuid[]) as n (id) cross join lateral (
         select record from ${this.schema}.own_records r where r.record = n.id offset 0
       ) r`,
      [ids],
    );
    return rows.map(({ record }) => record);
  }

  /** Which of these entities a record of this member names already. */
  async known(entities: readonly string[]): Promise<Set<string>> {
    if (entities.length === 0) return new Set();
    const rows = await this.db.query<{ entity: string }>(
      `select n.entity from unnest($1::text[]) as n (entity)
       where exists (select 1 from ${this.schema}.own_touches t where t.entity = n.entity offset 0)`,
      [entities],
    );
    return new Set(rows.map(({ entity }) => entity));
  }
}
