/** A problem that the product answered with, in one line for a person. */
export class Refused extends Error {
  readonly status: number;
  readonly code: string | undefined;

  constructor(status: number, body: string, url: string) {
    const problem = parse(body) as { code?: string; detail?: string; title?: string } | undefined;
    super(
      `${url} answered ${status}${problem?.code ? ` ${problem.code}` : ''}${problem ? `: ${problem.detail ?? problem.title}` : ''}`,
    );
    this.name = 'Refused';
    this.status = status;
    this.code = problem?.code;
  }
}

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
};

export interface Call {
  token?: string;
  body?: unknown;
  headers?: Record<string, string>;
}

/** Sends a request; `fetch`'s bare "failed" becomes a sentence. */
export const send = async (url: string, init: RequestInit & { duplex?: 'half' }): Promise<Response> => {
  try {
    return await fetch(url, init);
  } catch (error) {
    const cause = (error as { cause?: { code?: string } }).cause?.code;
    throw new Error(
      `Nothing answers at ${new URL(url).origin}${cause ? ` (${cause})` : ''}: has the product been started (accord start)?`,
    );
  }
};

const init = (method: string, { token, body, headers = {} }: Call): RequestInit => ({
  method,
  headers: {
    ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    ...headers,
  },
  body: body === undefined ? undefined : JSON.stringify(body),
});

/** One JSON request of the product. Throws Refused where it answers with a problem. */
export const request = async <T>(method: string, url: string, call: Call = {}): Promise<T> => {
  const response = await send(url, init(method, call));
  const text = await response.text();
  if (!response.ok) throw new Refused(response.status, text, url);
  return (text === '' ? undefined : JSON.parse(text)) as T;
};
