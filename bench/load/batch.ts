import { request } from 'node:http';
import { releasedBody } from '../accept/bodies.ts';
import type { Product } from '../../test/support/product.ts';

const AT_ONCE = 200;
const ACCEPTED = '"status":"accepted"';

/** Sends the bodies from one number up to another to a member's batch endpoint. Answers how many lines were accepted. */
export const sendBatch = (product: Product, member: string, from: number, to: number): Promise<number> =>
  new Promise((resolve, reject) => {
    const headers = {
      authorization: `Bearer ${product.token(member, 'publisher,supervisor')}`,
      'content-type': 'application/x-ndjson',
    };
    let accepted = 0;
    let rest = '';
    const asked = request(`${product.url(member)}/v1/reports:batch`, { method: 'POST', headers }, (answer) => {
      answer.on('data', (chunk: Buffer) => {
        const text = rest + chunk.toString('latin1');
        const end = text.lastIndexOf('\n') + 1;
        accepted += text.slice(0, end).split(ACCEPTED).length - 1;
        rest = text.slice(end);
      });
      answer.on('end', () => resolve(accepted)).on('error', reject);
    });
    asked.on('error', reject);
    let next = from;
    const pump = (): void => {
      while (next < to) {
        const count = Math.min(AT_ONCE, to - next);
        const lines = Array.from({ length: count }, (_, n) => `${releasedBody(next + n)}\n`);
        next += count;
        if (asked.write(lines.join(''))) continue;
        asked.once('drain', pump);
        return;
      }
      asked.end();
    };
    pump();
  });
