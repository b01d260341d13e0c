import type { Product } from './product.ts';

export interface Answer {
  status: number;
  text: string;
  // Tests look into answers of every shape.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  json: any;
  headers: Headers;
}

export interface Ask {
  as?: string;
  body?: unknown;
  /** Sent as it is. */
  raw?: string | Uint8Array;
  type?: string;
  purpose?: string;
  headers?: Record<string, string>;
}

const headersOf = (ask: Ask): Record<string, string> => ({
  ...ask.headers,
  ...(ask.as === undefined ? {} : { authorization: `Bearer ${ask.as}` }),
  ...(ask.purpose === undefined ? {} : { 'accord-purpose': ask.purpose, 'accord-case': 'TEST-1' }),
});

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
};

/** Asks a started product, as a caller that knows only the interface. */
export const call = async (
  product: Product,
  where: string,
  method: string,
  path: string,
  ask: Ask = {},
): Promise<Answer> => {
  const headers = headersOf(ask);
  const body = ask.raw ?? (ask.body === undefined ? undefined : JSON.stringify(ask.body));
  if (body !== undefined) headers['content-type'] = ask.type ?? 'application/json';
  const response = await fetch(product.url(where) + path, { method, headers, body: body as RequestInit['body'] });
  const text = await response.text();
  return { status: response.status, text, json: parsed(text), headers: response.headers };
};

/** Asks again until it holds, for what follows within milliseconds on a quiet machine. */
export const until = async <T>(ask: () => Promise<T>, holds: (answer: T) => boolean, ms = 20_000): Promise<T> => {
  const end = Date.now() + ms;
  for (;;) {
    const answer = await ask();
    if (holds(answer) || Date.now() > end) return answer;
    await new Promise((resolve) => setTimeout(resolve, 40));
  }
};

const settledOne = async (product: Product, member: string): Promise<void> => {
  const as = product.token(member, 'publisher,analyst');
  const { json } = await call(product, member, 'GET', '/v1/status', { as });
  const applied = async (): Promise<number> =>
    (await call(product, 'views', 'GET', '/v1/status', { as })).json?.sources?.[0]?.applied ?? 0;
  for (let last = -1; last < json.released;) {
    const before = last;
    last = await until(applied, (now) => now > before || now >= json.released);
    if (last <= before) throw new Error(`The views stay behind ${member}: ${last} of ${json.released}`);
  }
};

/** Waits until the joint views have applied all that these members have released so far, as long as they get on. */
export const settled = async (product: Product, ...members: string[]): Promise<void> => {
  for (const member of members) await settledOne(product, member);
};

/** A report's body with fictional people. */
export const aReport = (n: string, over: Record<string, unknown> = {}): Record<string, unknown> => ({
  externalId: `TEST-${n}`,
  title: `Test report ${n}`,
  category: 'intelligence',
  classification: 'OFFICIAL',
  grading: { scheme: '3x5x2', source: '2', information: 'B', handling: 'P' },
  handlingCodes: ['H0'],
  legalBasis: 'Immigration Act 1971 s.25',
  reviewBy: '2099-01-01',
  entities: [
    {
      id: 'p',
      schema: 'Person',
      properties: { name: [`Arben Shembulli ${n}`], nationality: ['al'] },
      subjectCategory: 'suspect',
      assertion: 'fact',
    },
    { id: 'o', schema: 'Organization', properties: { name: [`Rrjeti ${n}`] }, assertion: 'assessment' },
    { id: 'm', schema: 'Membership', properties: { member: ['p'], organization: ['o'] }, assertion: 'assessment' },
  ],
  ...over,
});

export const PURPOSE = 'people-smuggling';
export const toTaskForce = { release: { audience: 'TASK_FORCE', purposes: [PURPOSE] } };
