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
];

/** Where a log ended: the number and the hash of its last line. */
export interface Head {
  number: number;
  hash: string;
}

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
 * it: not by who runs the joint views either, since this is kept elsewhere.
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
    const { db, schema, viewsUrl, delivery, clock } = this.parts;
    const answer = await fetch(`${viewsUrl}/v1/audit/head`, {
      headers: { authorization: `Bearer ${await delivery.token()}` },
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    if (answer.status === 401 && NOT_YET.includes(this.parts.state())) return this.notYet();
    if (answer.status !== 200) throw new Error(`The joint views answered ${answer.status}`);
    const { number, hash } = (await answer.json()) as Head;
    if (!Number.isSafeInteger(number) || number < 1 || !HASH.test(hash)) return;
    await db.query(
      `insert into ${quoteIdent(schema)}.audit_heads (number, hash, at) values ($1, $2, $3) on conflict do nothing`,
      [number, hash, new Date(clock.now())],
    );
  }

  /** The newest, at most `limit`. */
  async heads(limit: number): Promise<(Head & { at: Date })[]> {
    return this.parts.db.query(
      `select number, hash, at from ${quoteIdent(this.parts.schema)}.audit_heads order by number desc limit $1`,
      [limit],
    );
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
