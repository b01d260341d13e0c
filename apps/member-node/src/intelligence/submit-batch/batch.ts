import { Inject, Injectable } from '@nestjs/common';
import { Problem, Unavailable, uuidv7, uuidv8 } from '#contracts';
import { CLOCK, type Clock, type MemberPrincipal } from '#platform';
import { attempt, readLine, resultOf, type LineResult } from '../../http/ndjson/answer-lines.ts';
import type { Line } from '../../http/ndjson/lines.ts';
import { NODE, type NodeIdentity } from '../../node.ts';
import type { Acting } from '../../records/records.ts';
import { ReportIntake, type Incoming } from '../submit-report/report-intake.ts';
import type { Submission, Submitted } from '../submit-report/submission.ts';
import { Submissions } from '../submit-report/submissions.ts';

/** Stores the lines of a batch, chunk by chunk, each with the same checks as a report that comes alone. */
@Injectable()
export class Batch {
  constructor(
    @Inject(NODE) private readonly node: NodeIdentity,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(ReportIntake) private readonly intake: ReportIntake,
    @Inject(Submissions) private readonly submissions: Submissions,
  ) {}

  /** A result for each line, once it is durable. `key`: the batch's Idempotency-Key. */
  async store(lines: readonly Line[], caller: MemberPrincipal, key?: string): Promise<LineResult[]> {
    const read = lines.map((line) => attempt(() => this.read(line, caller, key)));
    const prepared = await this.prepare(read);
    const stored = await this.submit(prepared);
    return lines.map(({ line }, n) => resultOf(line, stored[n]!));
  }

  private read(line: Line, caller: MemberPrincipal, key?: string): Incoming {
    const body = readLine(line);
    const { member } = this.node;
    const planned = key === undefined ? uuidv7(this.clock.now()) : uuidv8(member, 'batch', key, String(line.line));
    const acting: Acting = { user: caller.user };
    return { body: this.intake.read(caller, body), planned, acting };
  }

  private async prepare(read: readonly (Incoming | Problem)[]): Promise<(Submission | Problem)[]> {
    const prepared = await this.intake.prepare(read.filter((one): one is Incoming => !(one instanceof Problem)));
    return read.map((one) => (one instanceof Problem ? one : prepared.shift()!));
  }

  private async submit(prepared: readonly (Submission | Problem)[]): Promise<(Submitted | Problem)[]> {
    const good = prepared.filter((one): one is Submission => !(one instanceof Problem));
    const stored = await this.tryMany(good);
    return prepared.map((one) => (one instanceof Problem ? one : stored.shift()!));
  }

  /** Where the store can't be used, each line says so: others may have been stored before. */
  private async tryMany(submissions: readonly Submission[]): Promise<(Submitted | Problem)[]> {
    if (submissions.length === 0) return [];
    try {
      return await this.submissions.submitMany(submissions);
    } catch (error) {
      if (error instanceof Unavailable) return submissions.map(() => error);
      throw error;
    }
  }
}
