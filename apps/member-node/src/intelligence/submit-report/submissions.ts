import { Inject, Injectable } from '@nestjs/common';
import { Problem, WrongState } from '#contracts';
import { Records, type Asking, type By, type Many } from '../../records/records.ts';
import { fresh, type Committed, type Loaded } from '../../records/writer.ts';
import { decide } from '../report.decide.ts';
import { reports } from '../report.record.ts';
import { evolve, initialReport, type Report, type ReportFact } from '../report.ts';
import { firstVersion, type Submission, type Submitted } from './submission.ts';

const LARGEST_CHUNK = 500;

interface Waiting {
  submission: Submission;
  resolve(result: Submitted | Problem): void;
  reject(error: unknown): void;
}

const reused = ({ content }: Submission) =>
  content.externalId === undefined
    ? new WrongState('idempotency-key-reused', 'This Idempotency-Key was used for another report.')
    : new WrongState('external-id-reused', 'This externalId was used for another report.');

/** Stores submissions, many at once: what arrives while one append is under way shares the next. */
@Injectable()
export class Submissions {
  private waiting: Waiting[] = [];
  private running = false;

  constructor(@Inject(Records) private readonly records: Records) {}

  /** Stored when it resolves. Throws what `submitMany` would answer. */
  async submit(submission: Submission): Promise<Submitted> {
    const { promise, resolve, reject } = Promise.withResolvers<Submitted | Problem>();
    this.waiting.push({ submission, resolve, reject });
    if (!this.running) void this.drain();
    const result = await promise;
    if (result instanceof Problem) throw result;
    return result;
  }

  /** In the order given. A Problem where an external id was used for another report. */
  submitMany(submissions: readonly Submission[]): Promise<(Submitted | Problem)[]> {
    return this.records.many(async (asking, many) => {
      const results: (Submitted | Problem)[] = Array.from({ length: submissions.length });
      let left = submissions.map((submission, n) => ({ submission, n }));
      while (left.length > 0) {
        // Of those with the same id the first goes first: the others are then compared with it.
        const ids = new Set<string>();
        const now = left.filter(({ submission: { id } }) => !ids.has(id) && ids.add(id));
        left = left.filter((one) => !now.includes(one));
        const stored = await store(
          now.map(({ submission }) => submission),
          asking,
          many,
        );
        now.forEach(({ n }, at) => (results[n] = stored[at]!));
      }
      return results;
    });
  }

  private async drain(): Promise<void> {
    this.running = true;
    while (this.waiting.length > 0) {
      const chunk = this.waiting.splice(0, LARGEST_CHUNK);
      try {
        const results = await this.submitMany(chunk.map(({ submission }) => submission));
        chunk.forEach(({ resolve }, n) => resolve(results[n]!));
      } catch (error) {
        for (const { reject } of chunk) reject(error);
      }
    }
    this.running = false;
  }
}

const store = async (
  submissions: readonly Submission[],
  asking: Asking,
  many: Many,
): Promise<(Submitted | Problem)[]> => {
  const knowledge = await asking.know(submissions.flatMap(({ touches }) => touches));
  const committed = await many.commit(
    submissions.map((one): By => {
      const facts = factsOf(one, asking.at, knowledge.shieldOf(one.touches));
      return { on: fresh(reports, one.id) as Loaded<unknown>, facts, acting: one.acting };
    }),
  );
  const there = committed.flatMap(({ outcome }, n) => (outcome.ok ? [] : [submissions[n]!.id]));
  const loaded = there.length > 0 ? await many.load.loadMany(reports, there) : new Map<string, Loaded<Report>>();
  return submissions.map((one, n) => answer(one, committed[n]!, loaded.get(one.id)));
};

const factsOf = (one: Submission, at: string, shield: readonly string[] | 'ALL'): ReportFact[] => {
  const { id, handling, content, fingerprint, release } = one;
  const submitted = decide(initialReport, { type: 'submit', id, handling, content, fingerprint });
  if (!release) return submitted;
  const state = submitted.reduce(evolve, initialReport);
  return [...submitted, ...decide(state, { type: 'release', at, shield, ...release })];
};

const answer = (one: Submission, { outcome }: Committed, there: Loaded<Report> | undefined): Submitted | Problem => {
  const { id, acting } = one;
  if (outcome.ok) return { id, version: outcome.version, created: true };
  if (!there || there.state.state === 'none') throw new Error(`report-${id} is there and can't be read`);
  if (there.state.fingerprint !== one.fingerprint) return reused(one);
  const created = acting.command !== undefined && there.commands.has(acting.command);
  return { id, version: firstVersion(one), created };
};
