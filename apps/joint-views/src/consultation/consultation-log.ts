import { Inject, Injectable } from '@nestjs/common';
import { Problem, Unavailable, uuidv7 } from '#contracts';
import { CLOCK, Together, type Clock } from '#platform';
import type { Database, Sql } from '#sql';
import { DATABASE } from '../tokens.ts';
import { appliedText, hashOfEntry, NO_ENTRY, type Consultation, type Entry, type Head } from './entry.ts';
import { FirstReads, type FirstRead } from './first-reads.ts';
import { appendAfter, Overtaken, underLock } from './append.ts';

const LARGEST_BATCH = 256;
/** After as many readers shared a batch of a server's, the next one is gathered for so long: a commit for few costs all of them more. */
const GATHERING = { crowd: 8, ms: 4 };
/** How many batches are written under the lock, heads read again, once another instance was found to write as well. */
const CAREFUL = 64;

interface Written {
  entries: readonly Entry[];
  reads: readonly FirstRead[];
}

/**
 * Who read what: append-only, hash-chained per member, written before the answer leaves. Readers that come while a
 * batch is being written share the next one, so that a commit is paid once for many.
 */
@Injectable()
export class ConsultationLog {
  private readonly writing: Together<Consultation>;
  /** Where each member's log ends, as far as this instance knows. */
  private readonly heads = new Map<string, Head>();
  private readonly served = new FirstReads();
  private careful = 0;

  constructor(
    @Inject(DATABASE) private readonly db: Database,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    this.writing = new Together<Consultation>((batch) => this.write(batch), {
      most: LARGEST_BATCH,
      ...(db.kind === 'postgres' && { gathering: GATHERING }),
      // One that can't be written must not refuse its neighbours.
      apart: (error) => !(error instanceof Problem),
    });
  }

  /** Resolves when the entry is durable. Rejects with Unavailable when it can't be written: then nothing may be told. */
  record(consultation: Consultation): Promise<void> {
    return this.writing.add(consultation).catch((error: unknown) => {
      throw refusal(error);
    });
  }

  private async write(consultations: readonly Consultation[]): Promise<void> {
    try {
      await this.append(consultations);
    } catch (error) {
      // Nothing that was remembered is relied on after a failure: not what a connection was lost over, or restored from.
      this.forget();
      throw error;
    }
  }

  /** In one statement after the ends that this instance has written itself; where it can't be sure of them, under the lock. */
  private async append(consultations: readonly Consultation[]): Promise<void> {
    try {
      await this.appendAfterKnown(consultations);
    } catch (error) {
      if (!(error instanceof Overtaken)) throw error;
      this.careful = CAREFUL;
      this.forget();
      await this.appendUnderLock(consultations);
    }
  }

  private async appendAfterKnown(consultations: readonly Consultation[]): Promise<void> {
    const known = consultations.every(({ member }) => this.heads.has(member));
    if (!known || this.careful > 0) return this.appendUnderLock(consultations);
    this.took(await this.appendTo(this.db, this.heads, consultations));
  }

  private async appendUnderLock(consultations: readonly Consultation[]): Promise<void> {
    this.careful = Math.max(0, this.careful - 1);
    const members = membersOf(consultations);
    this.took(await underLock(this.db, members, (sql, heads) => this.appendTo(sql, heads, consultations)));
  }

  private async appendTo(
    sql: Sql,
    heads: ReadonlyMap<string, Head>,
    consultations: readonly Consultation[],
  ): Promise<Written> {
    const entries = chain(consultations, heads, this.clock.now());
    const reads = consultations.flatMap((consultation, i) => this.firstReads(consultation, entries[i]!.at));
    // Lines that this instance has written before must be there as well, or what it remembers with them isn't.
    const ends = membersOf(consultations).flatMap((member) =>
      [heads, this.heads].flatMap((some) => (some.has(member) ? [{ member, ...some.get(member)! }] : [])),
    );
    await appendAfter(sql, ends, entries, reads);
    return { entries, reads };
  }

  /** Those that aren't known to be stored: of a page that was read before, none. */
  private firstReads({ member, records, applied }: Consultation, at: string): FirstRead[] {
    return records.flatMap(({ record, originator }) => {
      const sequence = applied[`/members/${originator}`] ?? 0;
      return this.served.isNews(member, record, sequence) ? [{ member, record, sequence, at }] : [];
    });
  }

  /** What is durable now is remembered, and nothing before it is. */
  private took({ entries, reads }: Written): void {
    for (const { member, number, hash } of entries) this.heads.set(member, { number, hash });
    this.served.remember(reads);
  }

  private forget(): void {
    this.heads.clear();
    this.served.forget();
  }
}

const membersOf = (consultations: readonly Consultation[]): string[] => [
  ...new Set(consultations.map(({ member }) => member)),
];

const chain = (consultations: readonly Consultation[], heads: ReadonlyMap<string, Head>, now: number): Entry[] => {
  const ends = new Map(heads);
  return consultations.map((consultation) => {
    const { member } = consultation;
    const head = ends.get(member) ?? NO_ENTRY;
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
    ends.set(member, entry);
    return entry;
  });
};

const refusal = (cause: unknown): Unavailable => {
  const problem = new Unavailable('store-unavailable', 'The consultation log cannot be written, so nothing is shown.');
  problem.cause = cause;
  return problem;
};
