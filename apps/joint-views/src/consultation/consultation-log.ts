import { Inject, Injectable } from '@nestjs/common';
import { Problem, Unavailable, uuidv7 } from '#contracts';
import { CLOCK, type Clock } from '#platform';
import type { Database, Sql } from '#sql';
import { DATABASE } from '../tokens.ts';
import { appliedText, hashOfEntry, NO_ENTRY, type Consultation, type Entry } from './entry.ts';

const BATCH = 256;
/** Serialises the writers of all instances: a chain has one end. */
const LOCK = `select pg_advisory_xact_lock(hashtextextended('accord.consultation', 0))`;
// One index look-up a member: the log grows for ever.
const HEADS = `
  select h.member, h.number, h.hash from unnest($1::text[]) as asked (member)
  cross join lateral (
    select e.member, e.number, e.hash from consultation.entries e
    where e.member = asked.member order by e.number desc limit 1
  ) h`;
const APPEND = `
  insert into consultation.entries
  select * from jsonb_populate_recordset(null::consultation.entries, $1::jsonb)`;
// The earlier snapshot counts, also where it is written later: what was withdrawn between the two must be told.
const FIRST_READS = `
  with given as materialized (
    select member, record, min(sequence) as sequence, min(at) as at
    from jsonb_populate_recordset(null::consultation.reads, $1::jsonb) group by member, record
  ), earlier as (
    update consultation.reads r set sequence = g.sequence from given g
    where r.member = g.member and r.record = g.record and g.sequence < r.sequence
  )
  insert into consultation.reads (member, record, sequence, at)
  select member, record, sequence, at from given order by member, record
  on conflict (member, record) do nothing`;

interface Waiting {
  consultation: Consultation;
  resolve: () => void;
  reject: (error: unknown) => void;
}

/**
 * Who read what: append-only, hash-chained per member, written before the answer leaves. Readers that come while a
 * batch is being written share the next one, so that a commit is paid once for many.
 */
@Injectable()
export class ConsultationLog {
  private readonly waiting: Waiting[] = [];
  private writing = false;

  constructor(
    @Inject(DATABASE) private readonly db: Database,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Resolves when the entry is durable. Rejects with Unavailable when it can't be written: then nothing may be told. */
  record(consultation: Consultation): Promise<void> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ consultation, resolve, reject });
      if (!this.writing) void this.writeAll();
    });
  }

  private async writeAll(): Promise<void> {
    this.writing = true;
    try {
      while (this.waiting.length > 0) await this.write(this.waiting.splice(0, BATCH));
    } finally {
      this.writing = false;
    }
  }

  private async write(batch: readonly Waiting[]): Promise<void> {
    try {
      await this.db.transaction((sql) =>
        this.append(
          sql,
          batch.map(({ consultation }) => consultation),
        ),
      );
      batch.forEach(({ resolve }) => resolve());
    } catch (error) {
      // One that can't be written must not refuse its neighbours.
      if (batch.length > 1 && !(error instanceof Problem)) for (const one of batch) await this.write([one]);
      else batch.forEach(({ reject }) => reject(refusal(error)));
    }
  }

  private async append(sql: Sql, consultations: readonly Consultation[]): Promise<void> {
    await sql.query(LOCK);
    const members = [...new Set(consultations.map(({ member }) => member))];
    const heads = await sql.query<{ member: string; number: number; hash: string }>(HEADS, [members]);
    const entries = chain(consultations, new Map(heads.map((head) => [head.member, head])), this.clock.now());
    await sql.query(APPEND, [JSON.stringify(entries)]);
    const reads = consultations.flatMap((consultation, i) => firstReads(consultation, entries[i]!.at));
    if (reads.length > 0) await sql.query(FIRST_READS, [JSON.stringify(reads)]);
  }
}

const chain = (
  consultations: readonly Consultation[],
  heads: Map<string, { number: number; hash: string }>,
  now: number,
): Entry[] =>
  consultations.map((consultation) => {
    const { member } = consultation;
    const head = heads.get(member) ?? NO_ENTRY;
    const unhashed = {
      member,
      number: head.number + 1,
      id: uuidv7(now),
      at: new Date(consultation.at).toISOString(),
      kind: consultation.kind,
      actor: consultation.user,
      roles: consultation.roles,
      clearance: consultation.clearance,
      purpose: consultation.purpose,
      case_reference: consultation.case,
      route: consultation.route,
      records: [...new Set(consultation.records.map(({ record }) => record))].sort(),
      protection: consultation.protection ?? false,
      applied: appliedText(consultation.applied),
      previous: head.hash,
    };
    const entry = { ...unhashed, hash: hashOfEntry(unhashed) };
    heads.set(member, entry);
    return entry;
  });

const firstReads = ({ member, records, applied }: Consultation, at: string) =>
  records.map(({ record, originator }) => ({ member, record, sequence: applied[`/members/${originator}`] ?? 0, at }));

const refusal = (cause: unknown): Unavailable => {
  const problem = new Unavailable('store-unavailable', 'The consultation log cannot be written, so nothing is shown.');
  problem.cause = cause;
  return problem;
};
