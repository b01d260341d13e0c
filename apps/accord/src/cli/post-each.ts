import type { FieldError } from '#contracts';
import { Refused, send } from './client.ts';

export interface Rejection {
  line: number;
  code: string;
  errors: FieldError[];
}

/** A line of the file as the body of a request. */
export interface NumberedBody {
  line: number;
  body: string;
}

export interface Posted {
  accepted: number;
  rejected: Rejection[];
}

/** As many requests as wait for an answer at once. */
const AT_ONCE = 16;
/** What says something of the one line, and nothing of the rest. */
const OF_THE_LINE = [400, 409, 413, 422];

/** Posts one body a request, several at once. Throws Refused where an answer says that the rest would fare no better. */
export async function postEach(
  url: string,
  token: string,
  bodies: AsyncIterable<NumberedBody>,
  tick: (accepted: number) => void,
): Promise<Posted> {
  const result: Posted = { accepted: 0, rejected: [] };
  const next = bodies[Symbol.asyncIterator]();
  const worker = async () => {
    for (let taken = await next.next(); !taken.done; taken = await next.next()) {
      const rejection = await post(url, token, taken.value);
      if (rejection) result.rejected.push(rejection);
      else result.accepted += 1;
      tick(result.accepted);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return result;
}

async function post(url: string, token: string, { line, body }: NumberedBody): Promise<Rejection | undefined> {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  for (;;) {
    const response = await send(url, { method: 'POST', headers, body });
    const text = await response.text();
    if (response.ok) return undefined;
    if (response.status === 429) await new Promise((resolve) => setTimeout(resolve, waitOf(response)));
    else if (OF_THE_LINE.includes(response.status)) return { line, ...problemOf(text) };
    else throw new Refused(response.status, text, url);
  }
}

const waitOf = ({ headers }: Response): number => 1000 * Math.max(1, Number(headers.get('retry-after') ?? 1) || 1);

const problemOf = (text: string): { code: string; errors: FieldError[] } => {
  const { code = 'rejected', errors = [] } = JSON.parse(text) as { code?: string; errors?: FieldError[] };
  return { code, errors };
};
