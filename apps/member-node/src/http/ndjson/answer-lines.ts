import { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { parseStrictJson, Problem, type FieldError } from '#contracts';
import { linesOf } from './line-queue.ts';
import type { Line } from './lines.ts';

export const NDJSON = 'application/x-ndjson';
export const MAX_LINES = 100_000;
const MAX_LINE_BYTES = 2 * 1024 * 1024;
const LIMITS = { maxLineBytes: MAX_LINE_BYTES, maxLines: MAX_LINES, chunk: 500, held: 4 * 1024 * 1024 };

export type LineResult =
  | { line: number; status: 'accepted'; id: string; version: number }
  | { line: number; status: 'rejected'; code: string; errors: FieldError[] };

/** What became of a line, as its result is told. */
export const resultOf = (line: number, became: { id: string; version: number } | Problem): LineResult => {
  if (!(became instanceof Problem)) return { line, status: 'accepted', id: became.id, version: became.version };
  const { code, errors, message } = became;
  return {
    line,
    status: 'rejected',
    code,
    errors: errors.length > 0 ? errors : [{ path: '', rule: code, message }],
  };
};

const tooLarge = (rule: string, message: string): Problem =>
  new Problem('too-large', 413, 'Too large', { errors: [{ path: '', rule, message }] });

/** A line's JSON. Throws Problems. */
export const readLine = ({ line, bytes }: Line): unknown => {
  if (line > MAX_LINES) throw tooLarge('maxLines', `A batch has at most ${MAX_LINES} lines; nothing after is read.`);
  if (!bytes) throw tooLarge('maxLength', `A line has at most ${MAX_LINE_BYTES} bytes.`);
  return parseStrictJson(bytes);
};

const isBlank = ({ bytes }: Line): boolean =>
  bytes !== null && bytes.length < 100 && bytes.toString('utf8').trim() === '';

/** Runs it; a Problem is what came of it, too. */
export const attempt = <T>(work: () => T): T | Problem => {
  try {
    return work();
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  }
};

/** Lines that aren't blank, chunk by chunk: a result for each once it is durable. */
export type StoreLines = (lines: readonly Line[]) => Promise<LineResult[]>;

/** Answers an NDJSON body with a line for each of its lines, streamed both ways. */
export const answerLines = (request: FastifyRequest, reply: FastifyReply, store: StoreLines): void => {
  if (!request.headers['content-type']?.startsWith(NDJSON)) {
    throw new Problem('unsupported-media-type', 415, 'The media type is not supported', {
      detail: `A batch is ${NDJSON}: one JSON object a line.`,
    });
  }
  const source = request.body instanceof Readable ? request.body : Readable.from([]);
  const results = Readable.from(resultsOf(source, store), { objectMode: false });
  void reply.status(200).header('content-type', `${NDJSON}; charset=utf-8`).send(results);
};

const resultsOf = async function* (source: Readable, store: StoreLines): AsyncGenerator<string> {
  // Destroying what the caller still sends would cut off the answer with it.
  const chunks = source.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>;
  for await (const lines of linesOf(chunks, LIMITS)) {
    const results = await store(lines.filter((line) => !isBlank(line)));
    if (results.length > 0) yield results.map((result) => `${JSON.stringify(result)}\n`).join('');
  }
  source.resume();
};
