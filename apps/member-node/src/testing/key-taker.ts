import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Stands for the joint views where a node delivers keys: a real HTTP server that keeps what it gets. */
export interface KeyTaker {
  url: string;
  keys: Map<string, string>;
  /** Authorization headers of all requests. */
  tokens: string[];
  /** What it answers with; 204 unless set otherwise. */
  status: number;
  /** What it says goes with a record whose key is taken back: said until that one's own key is. */
  companions: Map<string, readonly string[]>;
  /** Where the log of the member's consultations ends, and what stands where it was asked about. */
  head: { number: number; hash: string; known?: string | null };
  /** What was asked of it, last. */
  asked: string;
  close(): Promise<void>;
}

const read = async (request: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
};

/** Takes what it is given, as the joint views would; answers with what. */
const take = (taker: KeyTaker, { method, url }: IncomingMessage, body: string): object | undefined => {
  if (method === 'GET') return taker.head;
  if (taker.status >= 300) return undefined;
  if (method === 'DELETE') return takeBack(taker, url!.split('/').at(-1)!);
  const given = (JSON.parse(body) as { keys: { record: string; key: string }[] }).keys;
  for (const { record, key } of given) taker.keys.set(record, key);
  return undefined;
};

const takeBack = ({ keys, companions }: KeyTaker, record: string): object | undefined => {
  keys.delete(record);
  const along = companions.get(record)?.filter((id) => keys.has(id)) ?? [];
  return along.length > 0 ? { companions: along } : undefined;
};

export const startKeyTaker = async (): Promise<KeyTaker> => {
  const keys = new Map<string, string>();
  const server = createServer((request, response) => {
    void read(request).then((body) => {
      taker.tokens.push(request.headers.authorization ?? '');
      taker.asked = request.url!;
      const answer = take(taker, request, body);
      if (answer) response.writeHead(200).end(JSON.stringify(answer));
      else response.writeHead(taker.status).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const taker: KeyTaker = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    keys,
    tokens: [],
    status: 204,
    companions: new Map(),
    head: { number: 0, hash: '0'.repeat(64) },
    asked: '',
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
  return taker;
};
