import { Inject, Injectable } from '@nestjs/common';
import type { DocumentCheck } from '#contracts';
import { Reading, type ReadRequest } from '../reading/reading.ts';
import { hitsOf, type HitRow } from './checks.query.ts';

/** The answer to one check. A no-hit is the same whether there is no alert, or none for this viewer. */
export type CheckAnswer =
  { hit: false } | { hit: true; alerts: { id: string; originator: string; status: string; contact: string | null }[] };

/** The routes of checks, as the log has them, and its trigger: what their entries hit, issuing states are told of. */
export const CHECK = 'POST /v1/document-checks';
export const CHECK_BATCH = 'POST /v1/document-checks:batch';

/** Asks the register about documents, as a reader, logged. */
@Injectable()
export class Checks {
  constructor(@Inject(Reading) private readonly reading: Reading) {}

  /** All of them in one statement and one line of the log: they are of one `protection`. */
  ask(request: ReadRequest, checks: readonly DocumentCheck[]): Promise<CheckAnswer[]> {
    return this.reading.asViewer(request, async (sql, { now }) => {
      const hits = await hitsOf(sql, checks, now);
      const byCheck = Map.groupBy(hits, ({ n }) => n);
      const answer = checks.map((_, n) => answerOf(byCheck.get(n) ?? []));
      return { answer, records: hits.map(({ record, originator }) => ({ record, originator })) };
    });
  }
}

const answerOf = (hits: readonly HitRow[]): CheckAnswer =>
  hits.length === 0
    ? { hit: false }
    : {
        hit: true,
        alerts: hits.map(({ record, originator, status, contact }) => ({ id: record, originator, status, contact })),
      };
