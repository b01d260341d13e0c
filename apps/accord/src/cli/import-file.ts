import { createReadStream, statSync } from 'node:fs';
import { Readable } from 'node:stream';
import { InvalidRequest, type FieldError } from '#contracts';
import { byName, wrongHead, wrongWidth } from '../formats/counts.ts';
import { cellsOf, type Around } from '../formats/format.ts';
import type { Format, Mapped, Release } from '../formats/index.ts';
import { Refused, send } from './client.ts';
import { linesOf, textOf } from './lines.ts';
import { ownRecords } from './own-records.ts';
import { postEach, type NumberedBody, type Rejection } from './post-each.ts';
import { progress } from './progress.ts';

export type { Rejection };

export interface ImportResult {
  accepted: number;
  rejected: Rejection[];
}

export interface ImportJob {
  file: string;
  node: string;
  token: string;
  format: Format;
  release: Release | undefined;
  /** What the format was asked for. */
  asked: Pick<Around, 'kind' | 'rows'>;
}

interface Line {
  line: number;
  status: 'accepted' | 'rejected';
  code?: string;
  errors?: FieldError[];
}

/** A batch takes so many lines; a longer file goes in several. */
const BATCH_LINES = 100_000;

/** What was sent so far: which line of the file each line of the batch was, and what never got that far. */
class Outgoing {
  bytesRead = 0;
  sent: number[] = [];
  readonly unmapped: Rejection[] = [];
  private number = 0;
  private columns: string[] | undefined;
  private row = 0;
  private readonly lines: AsyncIterator<Buffer>;
  private readonly job: ImportJob;
  private readonly gathering;
  private readonly all = this.bodies();
  ended = false;

  constructor(job: ImportJob) {
    this.job = job;
    this.gathering = job.format.gather?.();
    this.lines = linesOf(createReadStream(job.file));
  }

  /** The next batch's bytes, mapped one line at a time: memory doesn't grow with the file. */
  async *batch(): AsyncGenerator<string> {
    this.sent = [];
    while (this.sent.length < BATCH_LINES) {
      const next = await this.all.next();
      if (next.done) {
        this.ended = true;
        return;
      }
      this.sent.push(next.value.line);
      yield `${next.value.body}\n`;
    }
  }

  /** Every line as a body to post. */
  async *bodies(): AsyncGenerator<NumberedBody> {
    for (let next = await this.lines.next(); !next.done; next = await this.lines.next()) {
      const body = this.map(next.value);
      if (body !== undefined) yield { line: this.number, body };
    }
    const { release, node, token } = this.job;
    for await (const one of this.gathering?.bodies(release, ownRecords(node, token)) ?? []) {
      if ('body' in one) yield one;
      else this.unmapped.push({ line: one.line, code: 'invalid-request', errors: one.errors });
    }
  }

  private map(bytes: Buffer): string | undefined {
    this.number += 1;
    this.bytesRead += bytes.length + 1;
    const text = textOf(bytes);
    if (text === undefined) return this.reject({ path: '', rule: 'utf-8', message: 'The line is not valid UTF-8.' });
    // A byte order mark is an editor's habit, not the file's content.
    const line = this.number === 1 ? text.replace(/^\uFEFF/, '') : text;
    if (line.trim() === '') return undefined;
    const mapped = this.tried(line);
    if (mapped === null) return undefined;
    if ('errors' in mapped) return this.reject(...mapped.errors);
    return mapped.body;
  }

  /** A line that can't be taken apart is its own, and stops no other. */
  private tried(line: string): Mapped {
    try {
      return this.read(line);
    } catch (error) {
      if (error instanceof InvalidRequest) return { errors: error.errors };
      throw error;
    }
  }

  private read(line: string): Mapped {
    const { format, release, asked } = this.job;
    if (format.table && this.columns === undefined) return this.head(line);
    this.row += 1;
    const { columns = [], row } = this;
    const errors = format.table ? wrongWidth(columns, cellsOf(line)) : [];
    if (errors.length > 0) return { errors };
    return this.gathering ? this.gather(line, columns) : format.map!(line, release, { columns, row, ...asked });
  }

  private head(line: string): Mapped {
    this.columns = [];
    this.columns = cellsOf(line);
    const errors = wrongHead(this.columns, this.job.format.needs);
    return errors.length > 0 ? { errors } : null;
  }

  private gather(line: string, columns: readonly string[]): Mapped {
    const errors = this.gathering!.add(byName(columns, cellsOf(line)), this.number);
    return errors && { errors };
  }

  private reject(...errors: FieldError[]): undefined {
    this.unmapped.push({ line: this.number, code: 'invalid-request', errors });
  }
}

const readResults = async function* (response: Response): AsyncGenerator<Line> {
  if (!response.body) return;
  for await (const bytes of linesOf(Readable.fromWeb(response.body))) yield JSON.parse(bytes.toString()) as Line;
};

/** Sends a file: through the node's batch endpoint, streamed both ways, or one by one. Throws where the node refuses the whole. */
export const importFile = async (job: ImportJob): Promise<ImportResult> => {
  const outgoing = new Outgoing(job);
  const total = statSync(job.file).size;
  const shown = progress(total, 'bytes');
  const result: ImportResult = { accepted: 0, rejected: [] };
  try {
    const tick = (accepted = result.accepted) => shown.update(outgoing.bytesRead, `(${accepted} accepted)`);
    if (job.format.batch) while (!outgoing.ended) await sendBatch(job, outgoing, result, tick);
    else Object.assign(result, await postEach(job.node + job.format.path, job.token, outgoing.bodies(), tick));
  } finally {
    shown.stop();
  }
  result.rejected = [...result.rejected, ...outgoing.unmapped].sort((a, b) => a.line - b.line);
  return result;
};

const sendBatch = async (job: ImportJob, outgoing: Outgoing, result: ImportResult, tick: () => void): Promise<void> => {
  const url = `${job.node}${job.format.path}:batch`;
  const response = await send(url, {
    method: 'POST',
    headers: { authorization: `Bearer ${job.token}`, 'content-type': 'application/x-ndjson' },
    body: Readable.toWeb(Readable.from(outgoing.batch(), { objectMode: false })) as ReadableStream,
    duplex: 'half',
  });
  if (!response.ok) throw new Refused(response.status, await response.text(), url);
  let answered = 0;
  for await (const line of readResults(response)) {
    answered += 1;
    if (line.status === 'accepted') result.accepted += 1;
    else
      result.rejected.push({
        line: outgoing.sent[line.line - 1] ?? line.line,
        code: line.code ?? 'rejected',
        errors: line.errors ?? [],
      });
    tick();
  }
  if (answered < outgoing.sent.length) {
    throw new Error(
      `The node answered ${answered} of ${outgoing.sent.length} lines: import the file again, what was accepted isn't appended twice.`,
    );
  }
};
