import { Agent, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { PURPOSE } from '../../test/support/caller.ts';
import type { Product } from '../../test/support/product.ts';
import { releasedBody } from '../accept/bodies.ts';

const agent = new Agent({ keepAlive: true, maxSockets: 64 });
const LOOK_MS = 3;
const PATIENCE_MS = 30_000;

interface Asked {
  method: string;
  url: string;
  headers: Record<string, string>;
  body?: string;
}

const ask = ({ method, url, headers, body }: Asked): Promise<{ status: number; text: string }> =>
  new Promise((resolve, reject) => {
    const asked = request(url, { method, headers, agent }, (answer) => {
      let text = '';
      answer.on('data', (chunk: Buffer) => (text += chunk.toString()));
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, text }));
    });
    asked.on('error', reject).end(body);
  });

/** Submits and releases a report at GB. Answers its id. */
export const publish = async (product: Product, n: number): Promise<string> => {
  const as = product.token('GB', 'publisher,supervisor');
  const headers = { authorization: `Bearer ${as}`, 'content-type': 'application/json' };
  const body = releasedBody(n);
  const { status, text } = await ask({ method: 'POST', url: `${product.url('GB')}/v1/reports`, headers, body });
  if (status !== 201) throw new Error(`A report was answered ${status}: ${text}`);
  return (JSON.parse(text) as { id: string }).id;
};

/** Resolves when another member's analyst is shown the report: asks until it is no longer absent. */
const visible = async (product: Product, id: string): Promise<void> => {
  const headers = {
    authorization: `Bearer ${product.token('XK', 'analyst')}`,
    'accord-purpose': PURPOSE,
    'accord-case': 'BENCH-1',
  };
  const end = Date.now() + PATIENCE_MS;
  while (Date.now() < end) {
    const { status } = await ask({ method: 'GET', url: `${product.url('views')}/v1/reports/${id}`, headers });
    if (status === 200) return;
    await sleep(LOOK_MS);
  }
  throw new Error(`A report was not visible in ${PATIENCE_MS / 1000} s`);
};

export interface Load {
  /** Reports a second. */
  rate: number;
  seconds: number;
  /** Of each second's reports, how many are followed until they are visible. */
  followed: number;
}

/**
 * Publishes at a steady rate, whether or not the product keeps up. Answers, for the reports followed, the milliseconds
 * from sending it to its first sight; the looking is part of the load.
 */
export const publishSteadily = async (product: Product, first: number, load: Load): Promise<number[]> => {
  const { rate, seconds, followed } = load;
  const every = Math.max(1, Math.round(rate / followed));
  const taken: number[] = [];
  const pending: Promise<void>[] = [];
  const began = performance.now();
  for (let n = 0; n < rate * seconds; n += 1) {
    const wait = began + (n * 1000) / rate - performance.now();
    if (wait > 1) await sleep(wait);
    const sent = performance.now();
    const published = publish(product, first + n);
    const done = n % every === 0 ? published.then((id) => visible(product, id)) : published.then(() => {});
    pending.push(done.then(() => void (n % every === 0 && taken.push(performance.now() - sent))));
  }
  await Promise.all(pending);
  return taken;
};

/** Publishes `count` reports, so many at once. */
export const publishMany = async (product: Product, first: number, count: number, atOnce: number): Promise<void> => {
  let next = first;
  const one = async () => {
    while (next < first + count) await publish(product, next++);
  };
  await Promise.all(Array.from({ length: atOnce }, one));
};
