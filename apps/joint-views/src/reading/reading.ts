import { Inject, Injectable } from '@nestjs/common';
import { Counter } from 'prom-client';
import { NotFound } from '#contracts';
import { CLOCK, Metrics, type Clock, type MemberPrincipal } from '#platform';
import type { Database, Sql } from '#sql';
import type { EntryKind, Seen } from '../consultation/entry.ts';
import { ConsultationLog } from '../consultation/consultation-log.ts';
import { DATABASE, READ_GATE, type ReadGate } from '../tokens.ts';
import type { Declaration } from './declared.ts';

/** Who asks, why, and which route. */
export interface ReadRequest {
  caller: MemberPrincipal;
  declared: Declaration;
  /** The route's pattern, such as `GET /v1/reports/{id}`. */
  route: string;
  /** Left out of what other members are told. */
  protection?: boolean;
}

/** An answer with every record that contributed to it. Null: not there, or not for this caller; both are a 404. */
export interface ReadResult<Answer> {
  answer: Answer | null;
  records: readonly Seen[];
}

/** `now`: milliseconds since the epoch, the instant at which rights are judged. `withheld`: originators. */
export interface ReadContext {
  now: number;
  withheld: readonly string[];
}

// The lock is the one that a replay's swap of the copies waits for, and comes before the snapshot: an answer is wholly
// from the copy that was live when it began, never from one that was still being built at its snapshot.
const ONE_SNAPSHOT = `set transaction isolation level repeatable read;
  lock table views.sources in row share mode`;
const ENTER = 'select views.access_enter($1, $2, $3, $4::timestamptz, $5::text[]) as applied';
const APPLIED = `select coalesce(jsonb_object_agg(source, sequence), '{}') as applied from views.sources`;

/**
 * The one way to answer from the views: under the access rule, in one snapshot, and logged before the answer leaves.
 * No endpoint reads otherwise, so none can forget it.
 */
@Injectable()
export class Reading {
  readonly #reads: Counter;

  constructor(
    @Inject(DATABASE) private readonly db: Database,
    @Inject(ConsultationLog) private readonly log: ConsultationLog,
    @Inject(READ_GATE) private readonly gate: ReadGate,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(Metrics) metrics: Metrics,
  ) {
    this.#reads = readCounter(metrics);
  }

  /** Runs `work` as the reader role: it sees the rows that this viewer may see, and no table without such a rule. */
  asViewer<A>(request: ReadRequest, work: (sql: Sql, context: ReadContext) => Promise<ReadResult<A>>): Promise<A> {
    const { member, clearance } = request.caller;
    const enter = (sql: Sql, { now, withheld }: ReadContext) =>
      sql.query<Applied>(ENTER, [member, request.declared.purpose, clearance, new Date(now), withheld]);
    return this.run('read', request, enter, work);
  }

  /**
   * Runs `work` with every right, for the answers that aren't a matter of the rule's rows: what a member is told in
   * notices, why its own record is or isn't seen and by whom it was, and what its own users read. `work` itself must
   * keep to what that caller may know.
   */
  asOwner<A>(request: ReadRequest, work: (sql: Sql, context: ReadContext) => Promise<ReadResult<A>>): Promise<A> {
    return this.run('inquiry', request, (sql) => sql.query<Applied>(APPLIED), work);
  }

  private async run<A>(
    kind: EntryKind,
    request: ReadRequest,
    enter: (sql: Sql, context: ReadContext) => Promise<Applied[]>,
    work: (sql: Sql, context: ReadContext) => Promise<ReadResult<A>>,
  ): Promise<A> {
    const failed = (error: unknown): never => {
      this.#reads.inc({ outcome: 'failed' });
      throw error;
    };
    const answer = await this.read(kind, request, enter, work).catch(failed);
    this.#reads.inc({ outcome: answer === null ? 'absent' : 'answered' });
    if (answer === null) throw new NotFound();
    return answer;
  }

  private async read<A>(
    kind: EntryKind,
    { caller, declared, route, protection = false }: ReadRequest,
    enter: (sql: Sql, context: ReadContext) => Promise<Applied[]>,
    work: (sql: Sql, context: ReadContext) => Promise<ReadResult<A>>,
  ): Promise<A | null> {
    const now = this.clock.now();
    const context = { now, withheld: this.gate.withheld(now) };
    const { answer, records, applied } = await this.db.transaction(async (sql) => {
      await sql.exec(ONE_SNAPSHOT);
      const [entered] = await enter(sql, context);
      return { ...(await work(sql, context)), applied: entered?.applied ?? {} };
    });
    const { member, user, roles, clearance } = caller;
    const who = { member, kind, at: now, user, roles, clearance };
    await this.log.record({ ...who, ...declared, route, records, protection, applied });
    return answer;
  }
}

/**
 * No member stands here, and what is absent isn't told apart: whether something is hidden is judged by nobody but the
 * database, and a count of it, or of one member's questions, would tell.
 */
const readCounter = (metrics: Metrics): Counter => {
  const reads = new Counter({
    name: 'accord_views_reads_total',
    help: 'Reads: answered; absent, which is not there or hidden from who asked; failed',
    labelNames: ['outcome'],
    registers: [metrics],
  });
  for (const outcome of ['answered', 'absent', 'failed']) reads.inc({ outcome }, 0);
  return reads;
};

interface Applied {
  applied: Record<string, number>;
}
