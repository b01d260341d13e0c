import { Inject, Injectable } from '@nestjs/common';
import { parseStrictJson, Problem, Unavailable, uuidv7, uuidv8, type FieldError } from '#contracts';
import { CLOCK, type Clock, type MemberPrincipal } from '#platform';
import { NODE, type NodeIdentity } from '../../node.ts';
import type { Acting } from '../../records/records.ts';
import { ReportIntake, type Incoming } from '../submit-report/report-intake.ts';
import type { Submission, Submitted } from '../submit-report/submission.ts';
import { Submissions } from '../submit-report/submissions.ts';
import type { Line } from './lines.ts';

export const MAX_LINES = 100_000;
export const MAX_LINE_BYTES = 2 * 1024 * 1024;

export type LineResult =
  | { line: number; status: 'accepted'; id: string; version: number }
  | { line: number; status: 'rejected'; code: string; errors: FieldError[] };

const rejected = (line: number, { code, errors, message }: Problem): LineResult => ({
  line,
  status: 'rejected',
  code,
  errors: errors.length > 0 ? errors : [{ path: '', rule: code, message }],
});

const tooLarge = (rule: string, message: string): Problem =>
  new Problem('too-large', 413, 'Too large', { errors: [{ path: '', rule, message }] });

const isBlank = ({ bytes }: Line): boolean =>
  bytes !== null && bytes.length < 100 && bytes.toString('utf8').trim() === '';

/** Stores the lines of a batch, chunk by chunk, each with the same checks as a report that comes alone. */
@Injectable()
export class Batch {
  constructor(
    @Inject(NODE) private readonly node: NodeIdentity,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(ReportIntake) private readonly intake: ReportIntake,
    @Inject(Submissions) private readonly submissions: Submissions,
  ) {}

  /** A result for each line that isn't blank, once it is durable. `key`: the batch's Idempotency-Key. */
  async store(lines: readonly Line[], caller: MemberPrincipal, key?: string): Promise<LineResult[]> {
    const asked = lines.filter((line) => !isBlank(line));
    const read = asked.map((line) => attempt(() => this.read(line, caller, key)));
    const prepared = await this.prepare(read);
    const stored = await this.submit(prepared);
    return asked.map(({ line }, n) => {
      const result = stored[n]!;
      if (result instanceof Problem) return rejected(line, result);
      return { line, status: 'accepted', id: result.id, version: result.version };
    });
  }

  private read({ line, bytes }: Line, caller: MemberPrincipal, key?: string): Incoming {
    if (line > MAX_LINES) throw tooLarge('maxLines', `A batch has at most ${MAX_LINES} lines; nothing after is read.`);
    if (!bytes) throw tooLarge('maxLength', `A line has at most ${MAX_LINE_BYTES} bytes.`);
    const { member } = this.node;
    const planned = key === undefined ? uuidv7(this.clock.now()) : uuidv8(member, 'batch', key, String(line));
    const acting: Acting = { user: caller.user };
    return { body: this.intake.read(caller, parseStrictJson(bytes)), planned, acting };
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

const attempt = <T>(work: () => T): T | Problem => {
  try {
    return work();
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  }
};
