import { aReport, call, PURPOSE, settled } from '../support/caller.ts';
import type { Product } from '../support/product.ts';

export interface Line {
  line: number;
  status: 'accepted' | 'rejected';
  id?: string;
  version?: number;
  code?: string;
}

/** The n-th line of a generated file; the same for the same n. */
export const lineOf = (n: number): string =>
  JSON.stringify({ ...aReport(`bulk-${n}`), release: { audience: 'TASK_FORCE', purposes: [PURPOSE] } });

const lines = function* (count: number): Generator<Uint8Array> {
  const encoder = new TextEncoder();
  const chunk = 100;
  for (let from = 0; from < count; from += chunk) {
    const to = Math.min(count, from + chunk);
    yield encoder.encode(Array.from({ length: to - from }, (_, i) => `${lineOf(from + i)}\n`).join(''));
  }
};

const resultsOf = async function* (body: ReadableStream<Uint8Array>): AsyncGenerator<Line> {
  let rest = '';
  for await (const chunk of body.pipeThrough(
    new TextDecoderStream() as unknown as ReadableWritablePair<string, Uint8Array>,
  )) {
    const parts = (rest + chunk).split('\n');
    rest = parts.pop() ?? '';
    for (const part of parts.filter((text) => text !== '')) yield JSON.parse(part) as Line;
  }
};

const bodyOf = (count: number): ReadableStream => {
  const source = lines(count);
  return new ReadableStream({
    pull: (controller) => {
      const next = source.next();
      if (next.done) controller.close();
      else controller.enqueue(next.value);
    },
  });
};

/**
 * Streams `count` generated lines to the batch endpoint and hands each result to `each` as it comes. Ends early, without
 * an error, where the connection breaks: what was answered until then was acknowledged.
 */
export const sendBatch = async (product: Product, count: number, each: (line: Line) => void): Promise<boolean> => {
  const headers = {
    authorization: `Bearer ${product.token('GB', 'publisher,supervisor')}`,
    'content-type': 'application/x-ndjson',
  };
  try {
    const response = await fetch(`${product.url('GB')}/v1/reports:batch`, {
      method: 'POST',
      body: bodyOf(count),
      duplex: 'half',
      headers,
    } as RequestInit);
    if (!response.ok || !response.body) throw new Error(`The batch was answered ${response.status}`);
    for await (const line of resultsOf(response.body)) each(line);
    return true;
  } catch (error) {
    // By name: what fetch throws is of another realm than a test's.
    if ((error as { name?: unknown }).name === 'TypeError') return false;
    throw error;
  }
};

/** All reports that the views list for another member, by id. */
export const listed = async (product: Product, member: string): Promise<string[]> => {
  const as = product.token(member, 'analyst');
  const ids: string[] = [];
  for (let cursor: string | null = ''; cursor !== null;) {
    const page = await call(
      product,
      'views',
      'GET',
      `/v1/reports?limit=500${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`,
      { as, purpose: PURPOSE },
    );
    ids.push(...page.json.items.map((item: { id: string }) => item.id));
    cursor = page.json.next;
  }
  return ids;
};

export interface BulkResult {
  acknowledgedBeforeKill: number;
  accepted: number;
  changed: number;
  listed: number;
  different: number;
}

/**
 * Sends a batch, kills the product with -9 once half of the lines were acknowledged, restarts it, sends the whole again:
 * each line acknowledged before must be answered with the same id, and each report must be listed once.
 */
export const killedHalfway = async (product: Product, count: number): Promise<BulkResult> => {
  const first = new Map<number, string>();
  let killed: Promise<void> | undefined;
  await sendBatch(product, count, (line) => {
    if (line.status === 'accepted' && line.id) first.set(line.line, line.id);
    if (first.size >= count / 2) killed ??= product.stop('SIGKILL');
  });
  await killed;
  const acknowledgedBeforeKill = first.size;
  await product.start();
  let accepted = 0;
  let changed = 0;
  await sendBatch(product, count, (line) => {
    if (line.status !== 'accepted') return;
    accepted += 1;
    const known = first.get(line.line);
    if (known !== undefined && known !== line.id) changed += 1;
  });
  await settled(product, 'GB');
  const ids = await listed(product, 'XK');
  return { acknowledgedBeforeKill, accepted, changed, listed: ids.length, different: new Set(ids).size };
};
