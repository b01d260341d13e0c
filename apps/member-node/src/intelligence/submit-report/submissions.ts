import { Inject, Injectable } from '@nestjs/common';
import { Problem, WrongState } from '#contracts';
import { Together } from '#platform';
import { ListQueries } from '../../records/list-queries.ts';
import { Records, type Asking, type By, type Many } from '../../records/records.ts';
import { fresh, type Loaded } from '../../records/writer.ts';
import { decide } from '../report.decide.ts';
import { reports } from '../report.record.ts';
import { evolve, initialReport, type Report, type ReportFact } from '../report.ts';
import { firstVersion, type Submission, type Submitted } from './submission.ts';

const LARGEST_CHUNK = 500;

const reused = ({ content }: Submission) =>
  content.externalId === undefined
    ? new WrongState('idempotency-key-reused', 'This Idempotency-Key was used for another report.')
    : new WrongState('external-id-reused', 'This externalId was used for another report.');

/** Stores submissions, many at once: what arrives while one append is under way shares the next. */
@Injectable()
export class Submissions {
  private readonly storing = new Together<Submission, Submitted | Problem>((some) => this.submitMany(some), {
    most: LARGEST_CHUNK,
  });

  constructor(
    @Inject(Records) private readonly records: Records,
    @Inject(ListQueries) private readonly queries: ListQueries,
  ) {}

  /** Stored when it resolves. Throws what `submitMany` would answer. */
  async submit(submission: Submission): Promise<Submitted> {
    const result = await this.storing.add(submission);
    if (result instanceof Problem) throw result;
    return result;
  }

  /** In the order given. A Problem where an external id was used for another report. */
  submitMany(submissions: readonly Submission[]): Promise<(Submitted | Problem)[]> {
    return this.records.many(async (asking, many) => {
      const results: (Submitted | Problem)[] = Array.from({ length: submissions.length });
      let left = submissions.map((_, n) => n);
      while (left.length > 0) {
        // Of those with the same id the first goes first: the others are then compared with it.
        const ids = new Set<string>();
        const [now, later]: [number[], number[]] = [[], []];
        for (const n of left) (ids.has(submissions[n]!.id) ? later : now).push((ids.add(submissions[n]!.id), n));
        left = later;
        const chosen = now.map((n) => submissions[n]!);
        const stored = await store(chosen, (ids) => this.queries.existing(ids), asking, many);
        now.forEach((n, at) => (results[n] = stored[at]!));
      }
      return results;
    });
  }
}

/** Those that are there already are looked up first: no key may be made for a record that was erased. */
const store = async (
  submissions: readonly Submission[],
  existing: (ids: readonly string[]) => Promise<string[]>,
  asking: Asking,
  many: Many,
): Promise<(Submitted | Problem)[]> => {
  const there = await many.load.loadMany(reports, await existing(submissions.map(({ id }) => id)));
  const made = await make(
    submissions.filter(({ id }) => !there.has(id)),
    asking,
    many,
  );
  return submissions.map(
    (one) => made.get(one.id) ?? answer(one, there.get(one.id)!.state, there.get(one.id)!.commands),
  );
};

const make = async (
  submissions: readonly Submission[],
  asking: Asking,
  many: Many,
): Promise<Map<string, Submitted>> => {
  if (submissions.length === 0) return new Map();
  const knowledge = await asking.know(submissions.flatMap(({ touches }) => touches));
  const committed = await many.commit(
    submissions.map((one): By => {
      const facts = factsOf(one, asking.at, knowledge.shieldOf(one.touches));
      return { on: fresh(reports, one.id) as Loaded<unknown>, facts, acting: one.acting };
    }),
  );
  return new Map(
    submissions.map(({ id }, n) => {
      const { outcome } = committed[n]!;
      if (!outcome.ok) throw new Error(`report-${id} was written by somebody else: a source has one writer`);
      return [id, { id, version: outcome.version, created: true }];
    }),
  );
};

const factsOf = (one: Submission, at: string, shield: readonly string[] | 'ALL'): ReportFact[] => {
  const { id, handling, content, fingerprint, release } = one;
  const submitted = decide(initialReport, { type: 'submit', id, handling, content, fingerprint });
  if (!release) return submitted;
  const state = submitted.reduce(evolve, initialReport);
  return [...submitted, ...decide(state, { type: 'release', at, shield, ...release })];
};

const answer = (one: Submission, there: Report, commands: ReadonlyMap<string, number>): Submitted | Problem => {
  if (there.state === 'none' || there.fingerprint !== one.fingerprint) return reused(one);
  const { id, acting } = one;
  const created = acting.command !== undefined && commands.has(acting.command);
  return { id, version: firstVersion(one), created };
};
