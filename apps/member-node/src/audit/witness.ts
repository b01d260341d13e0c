import { reasonOf } from '#contracts';
import type { Clock, Logger } from '#platform';
import { quoteIdent, type Database, type Migration } from '#sql';
import type { KeyDelivery } from '../records/key-delivery.ts';

export const AUDIT_TABLES: readonly Migration[] = [
  {
    name: 'node-audit-001-heads',
    sql: `
      -- Where the joint views' log of this member's consultations ended when this node looked.
      create table {schema}.audit_heads (number bigint primary key, hash text not null, at timestamptz not null);`,
  },
  {
    name: 'node-audit-003-contradicted',
    sql: `
      -- When the log was found to hold something else where it had ended.
      alter table {schema}.audit_heads add column contradicted_at timestamptz;`,
  },
];

/** Where a log ended: the number and the hash of its last line. */
export interface Head {
  number: number;
  hash: string;
}

/** As it is kept. `contradicted_at`: when the log was found to hold another line there, or none. */
export interface KeptHead extends Head {
  at: Date;
  contradicted_at: Date | null;
}

/** What the joint views say. `known`: the hash that stands where the log ended at the look before. */
type Answer = Head & { known?: string | null };

const HASH = /^[0-9a-f]{64}$/;
const TIMEOUT_MS = 10_000;

export interface WitnessParts {
  db: Database;
  schema: string;
  viewsUrl: string;
  delivery: KeyDelivery;
  /** This member's state, as far as heard. */
  state(): string | undefined;
  clock: Clock;
  logger: Logger;
}

/** Before its keys are registered the joint views know nobody who could ask for this member. */
const NOT_YET = [undefined, 'proposed', 'approved'];

/**
 * Keeps, at the member, where the joint views' log of its consultations ends now and then. The log chains each line to
 * the one before it, so that none which was there at a look can be changed or left out afterwards without this showing
 * it: not by who runs the joint views either, since this is kept elsewhere. Each look also asks what stands now where the
 * log ended at the one before, so that the newest head vouches for all before it, and one that didn't hold is known for good.
 */
export class Witness {
  private timer: NodeJS.Timeout | null = null;
  private running: Promise<void> = Promise.resolve();
  private saidNotYet = false;

  constructor(private readonly parts: WitnessParts) {}

  start(intervalMs: number): void {
    this.timer = setInterval(() => this.tick(), intervalMs);
    this.timer.unref();
  }

  async stop(): Promise<void> {
    if (this.timer) clearInterval(this.timer);
    await this.running;
  }

  /** Looks once. A head that was kept before stays as it was kept, whatever the joint views say now. */
  async look(): Promise<void> {
    const before = await this.newest();
    const answer = await this.ask(before?.number);
    if (answer.status === 401 && NOT_YET.includes(this.parts.state())) return this.notYet();
    if (answer.status !== 200) throw new Error(`The joint views answered ${answer.status}`);
    const said = (await answer.json()) as Answer;
    if (before && said.known !== undefined && said.known !== before.hash) await this.contradicted(before.number);
    await this.keep(said);
  }

  /** The newest, at most `limit`; before them those that the log was found to contradict. `before`: seen before this time. */
  async heads(limit: number, before?: Date): Promise<KeptHead[]> {
    return this.parts.db.query(
      `select number, hash, at, contradicted_at from ${this.table} where at < $2
       order by contradicted_at is null, number desc limit $1`,
      [limit, before ?? 'infinity'],
    );
  }

  private get table(): string {
    return `${quoteIdent(this.parts.schema)}.audit_heads`;
  }

  private async newest(): Promise<Head | undefined> {
    const text = `select number, hash from ${this.table} where contradicted_at is null order by number desc limit 1`;
    return (await this.parts.db.query<Head>(text))[0];
  }

  private async ask(known: number | undefined): Promise<Response> {
    const { viewsUrl, delivery } = this.parts;
    return fetch(`${viewsUrl}/v1/audit/head${known === undefined ? '' : `?known=${known}`}`, {
      headers: { authorization: `Bearer ${await delivery.token()}` },
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
  }

  private async keep({ number, hash }: Head): Promise<void> {
    if (!Number.isSafeInteger(number) || number < 1 || !HASH.test(hash)) return;
    await this.parts.db.query(
      `insert into ${this.table} (number, hash, at) values ($1, $2, $3) on conflict do nothing`,
      [number, hash, new Date(this.parts.clock.now())],
    );
  }

  private async contradicted(number: number): Promise<void> {
    this.parts.logger.error({ number }, 'the log of consultations is another than the one that was witnessed');
    const at = new Date(this.parts.clock.now());
    await this.parts.db.query(`update ${this.table} set contradicted_at = $2 where number = $1`, [number, at]);
  }

  /** Once: until it is one, there is nothing that somebody should do about it. */
  private notYet(): void {
    if (this.saidNotYet) return;
    this.saidNotYet = true;
    this.parts.logger.info('no audit is witnessed yet: this is no member whose keys are registered');
  }

  private tick(): void {
    this.running = this.running
      .then(() => this.look())
      .catch((error: unknown) => this.parts.logger.warn({ reason: reasonOf(error) }, 'the audit was not witnessed'));
  }
}
