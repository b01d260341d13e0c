import { createHash } from 'node:crypto';
import { Unavailable, uuidv7, ZERO_HASH } from '#contracts';
import { Together, type Clock } from '#platform';
import { quoteIdent, type Database, type Migration } from '#sql';

export const CONSULTATION_TABLES: readonly Migration[] = [
  {
    name: 'node-audit-002-consultations',
    sql: `
      -- Which of the member's own records its own users were served, each line chained to the one before it.
      create table {schema}.consultations (
        number bigint primary key,
        id uuid not null,
        at timestamptz not null,
        actor text not null,
        event text not null,
        records uuid[] not null,
        previous text not null,
        hash text not null
      );
      create index consultations_records on {schema}.consultations using gin (records);`,
  },
];

/** A line of the log. */
export interface Consultation {
  /** From 1, without holes. */
  number: number;
  id: string;
  /** RFC 3339, UTC, milliseconds. */
  at: string;
  actor: string;
  /** Such as `report-listed`, `report-read`. */
  event: string;
  records: readonly string[];
  previous: string;
  hash: string;
}

/** SHA-256, hex, of a JSON array of everything that a line says, the hash before it last. */
export const hashOfConsultation = (line: Omit<Consultation, 'hash'>): string => {
  const { number, id, at, actor, event, records, previous } = line;
  const text = JSON.stringify([number, id, at, actor, event, records, previous]);
  return createHash('sha256').update(text).digest('hex');
};

type Asked = Pick<Consultation, 'actor' | 'event' | 'records'>;
type Row = Omit<Consultation, 'at'> & { at: Date };

const LARGEST_BATCH = 256;
const toLine = ({ at, ...row }: Row): Consultation => ({ ...row, at: at.toISOString() });

/**
 * What a member's own users read at its own node (LED Art. 25): append-only, hash-chained, durable before the answer leaves.
 * Readers that come while a batch is being written share the next one. A node is the only writer of its schema: the number
 * is the primary key, so that a second one could write nothing over it.
 */
export class Consultations {
  private readonly table: string;
  private readonly writing = new Together<Asked>((batch) => this.write(batch), { most: LARGEST_BATCH });
  private head: Pick<Consultation, 'number' | 'hash'> | null = null;

  constructor(
    private readonly db: Database,
    schema: string,
    private readonly clock: Clock,
  ) {
    this.table = `${quoteIdent(schema)}.consultations`;
  }

  /** Resolves when it is durable; rejects with Unavailable where it can't be written: then nothing may be told. */
  record(asked: Asked): Promise<void> {
    return this.writing.add(asked);
  }

  /** At most `limit` after a number, oldest first. */
  async after(number: number, limit: number): Promise<Consultation[]> {
    const text = `select * from ${this.table} where number > $1::bigint order by number limit $2`;
    return (await this.db.query<Row>(text, [number, limit])).map(toLine);
  }

  /** The number of the line before the first one at this time or later. */
  async lastBefore(from: Date): Promise<number> {
    const text = `select number - 1 as number from ${this.table} where at >= $1 order by number limit 1`;
    const [found] = await this.db.query<{ number: number }>(text, [from]);
    return found?.number ?? Number.MAX_SAFE_INTEGER;
  }

  /** All that returned a record, oldest first. */
  async of(record: string): Promise<Consultation[]> {
    const text = `select * from ${this.table} where records @> array[$1::uuid] order by number`;
    return (await this.db.query<Row>(text, [record])).map(toLine);
  }

  private async write(asked: readonly Asked[]): Promise<void> {
    try {
      const lines = this.chain((this.head ??= await this.readHead()), asked);
      const append = `insert into ${this.table} select * from jsonb_populate_recordset(null::${this.table}, $1::jsonb)`;
      await this.db.query(append, [JSON.stringify(lines)]);
      this.head = lines.at(-1)!;
    } catch (error) {
      // Whether it was written, only the table knows.
      this.head = null;
      const problem = new Unavailable('store-unavailable', 'The audit cannot be written, so nothing is shown.');
      problem.cause = error;
      throw problem;
    }
  }

  private chain(head: Pick<Consultation, 'number' | 'hash'>, asked: readonly Asked[]): Consultation[] {
    const now = this.clock.now();
    let { number, hash } = head;
    return asked.map(({ actor, event, records }) => {
      const at = new Date(now).toISOString();
      const line = { number: ++number, id: uuidv7(now), at, actor, event, records, previous: hash };
      hash = hashOfConsultation(line);
      return { ...line, hash };
    });
  }

  private async readHead(): Promise<Pick<Consultation, 'number' | 'hash'>> {
    const text = `select number, hash from ${this.table} order by number desc limit 1`;
    const [head] = await this.db.query<{ number: number; hash: string }>(text);
    return head ?? { number: 0, hash: ZERO_HASH };
  }
}
