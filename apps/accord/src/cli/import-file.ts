import { createReadStream, statSync } from 'node:fs';
import { Readable } from 'node:stream';
import type { FieldError } from '#contracts';
import type { Format, Release } from '../formats/index.ts';
import { Refused, send } from './client.ts';
import { linesOf, textOf } from './lines.ts';
import { progress } from './progress.ts';

export interface Rejection {
  line: number;
  code: string;
  errors: FieldError[];
}

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
  private readonly lines: AsyncIterator<Buffer>;
  private readonly job: ImportJob;
  ended = false;

  constructor(job: ImportJob) {
    this.job = job;
    this.lines = linesOf(createReadStream(job.file));
  }

  /** The next batch's bytes, mapped one line at a time: memory doesn't grow with the file. */
  async *batch(): AsyncGenerator<string> {
    this.sent = [];
    while (this.sent.length < BATCH_LINES) {
      const next = await this.lines.next();
      if (next.done) {
        this.ended = true;
        return;
      }
      const mapped = this.map(next.value);
      if (mapped !== undefined) yield `${mapped}\n`;
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
    const mapped = this.job.format.map(line, this.job.release);
    if ('errors' in mapped) return this.reject(...mapped.errors);
    this.sent.push(this.number);
    return mapped.body;
  }

  private reject(...errors: FieldError[]): undefined {
    this.unmapped.push({ line: this.number, code: 'invalid-request', errors });
  }
}

const readResults = async function* (response: Response): AsyncGenerator<Line> {
  if (!response.body) return;
  for await (const bytes of linesOf(Readable.fromWeb(response.body))) yield JSON.parse(bytes.toString()) as Line;
};

/** Sends a file through the node's batch endpoint, streamed both ways. Throws where the node refuses the whole. */
export const importFile = async (job: ImportJob): Promise<ImportResult> => {
  const outgoing = new Outgoing(job);
  const total = statSync(job.file).size;
  const shown = progress(total, 'bytes');
  const result: ImportResult = { accepted: 0, rejected: [] };
  try {
    while (!outgoing.ended) {
      await sendBatch(job, outgoing, result, () => shown.update(outgoing.bytesRead, `(${result.accepted} accepted)`));
    }
  } finally {
    shown.stop();
  }
  result.rejected = [...result.rejected, ...outgoing.unmapped].sort((a, b) => a.line - b.line);
  return result;
};

const sendBatch = async (job: ImportJob, outgoing: Outgoing, result: ImportResult, tick: () => void): Promise<void> => {
  const url = `${job.node}/v1/reports:batch`;
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
