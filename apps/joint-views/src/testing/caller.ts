import { Module, type DynamicModule } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { createApp, createLogger, fixedIssuers, PlatformModule } from '#platform';
import type { Database, Sql } from '#sql';
import { ReadModule } from '../read.module.ts';
import type { ReadGate } from '../tokens.ts';
import { NOW } from './fixtures.ts';

@Module({})
class Root {}

export interface Asked {
  member?: string;
  roles?: string[];
  clearance?: string;
  purpose?: string | null;
  case?: string | null;
  accept?: string;
}

export interface Answer {
  status: number;
  text: string;
  headers: Record<string, string>;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  json: any;
}

export interface Caller {
  get(path: string, asked?: Asked): Promise<Answer>;
  /** A question that has a body. */
  post(path: string, body: unknown, asked?: Asked): Promise<Answer>;
  /** Every page of a list: its items. */
  all(path: string, asked?: Asked): Promise<Answer['json'][]>;
  /** What it is made of, and a token that it takes. */
  app: NestFastifyApplication;
  token(asked: Asked): Promise<string>;
  close(): Promise<void>;
}

const ISSUED = Math.floor(Date.now() / 1000);

/** The read side over real HTTP; its clock stands at NOW unless told otherwise. */
export const startReadSide = async (
  db: Database,
  gate: ReadGate = { withheld: () => [] },
  now: () => number = () => NOW,
  more: DynamicModule[] = [],
  dnaThresholds = {},
): Promise<Caller> => {
  const { privateKey, publicKey } = await generateKeyPair('EdDSA', { extractable: true });
  const jwks = { keys: [{ ...(await exportJWK(publicKey)), alg: 'EdDSA' }] };
  const members = ['GB', 'AL', 'XK', 'MK', 'ME'];
  const issuers = fixedIssuers(members.map((member) => ({ issuer: `urn:test:${member}`, member, jwks })));
  const common = { name: 'views', issuers, logger: createLogger('test', 'silent') };
  const platform = PlatformModule.register({ ...common, clock: { now } });
  const module = { module: Root, imports: [platform, ReadModule.register({ db, gate, dnaThresholds }), ...more] };
  const app: NestFastifyApplication = await createApp(module, { title: 'Views', description: '' });
  await app.listen(0, '127.0.0.1');
  const base = await app.getUrl();
  const tokens = new Map<string, string>();

  const token = async ({ member = 'AL', roles = ['analyst'], clearance = 'SECRET' }: Asked) => {
    const key = [member, clearance, ...roles].join();
    if (tokens.has(key)) return tokens.get(key)!;
    const claims = new SignJWT({ roles, clearance }).setProtectedHeader({ alg: 'EdDSA' }).setSubject('u1');
    const signed = await claims
      .setIssuer(`urn:test:${member}`)
      .setAudience('accord')
      .setExpirationTime(Math.max(NOW / 1000, ISSUED) + 86_400)
      .sign(privateKey);
    tokens.set(key, signed);
    return signed;
  };
  const send = async (path: string, asked: Asked, init: RequestInit = {}): Promise<Answer> => {
    // The trace id is the request's own, so that whole answers can be compared.
    const traceparent = '00-0123456789abcdef0123456789abcdef-0123456789abcdef-01';
    const authorization = `Bearer ${await token(asked)}`;
    const headers = { authorization, traceparent, 'content-type': 'application/json', ...declaredBy(asked) };
    const response = await fetch(base + path, { ...init, headers });
    const text = await response.text();
    const shown = Object.fromEntries([...response.headers].filter(([name]) => name !== 'date'));
    return {
      status: response.status,
      text,
      headers: shown,
      json: shown['content-type']?.includes('json') ? (JSON.parse(text) as unknown) : undefined,
    };
  };
  const get: Caller['get'] = (path, asked = {}) => send(path, asked);
  const post: Caller['post'] = (path, body, asked = {}) =>
    send(path, asked, { method: 'POST', body: JSON.stringify(body) });
  return { get, post, all: allBy(get), app, token, close: () => app.close() };
};

/** Every page of a list. */
const allBy = (get: Caller['get']) => async (path: string, asked?: Asked) => {
  const items: unknown[] = [];
  let next: string | null = null;
  do {
    const cursor: string = next === null ? '' : `${path.includes('?') ? '&' : '?'}cursor=${encodeURIComponent(next)}`;
    const page = await get(path + cursor, asked);
    items.push(...(page.json.items as unknown[]));
    next = page.json.next as string | null;
  } while (next !== null);
  return items;
};

const declaredBy = ({ purpose = 'people-smuggling', case: why = 'CASE-1', accept }: Asked): Record<string, string> => ({
  ...(purpose !== null && { 'accord-purpose': purpose }),
  ...(why !== null && { 'accord-case': why }),
  ...(accept !== undefined && { accept }),
});

/** A database that writes down every statement that it runs, and what each was given. */
export const recording = (db: Database): { db: Database; statements: string[]; given: unknown[] } => {
  const statements: string[] = [];
  const given: unknown[] = [];
  const note = <T extends Sql>(sql: T): T =>
    new Proxy(sql, {
      get: (target, name) => {
        const value: unknown = Reflect.get(target, name);
        if (typeof value !== 'function') return value;
        if (name === 'transaction')
          return (work: (sql: Sql) => Promise<unknown>) => db.transaction((tx) => work(note(tx)));
        return (...args: unknown[]) => {
          if (name === 'query' || name === 'exec') {
            statements.push(String(args[0]));
            given.push(args[1]);
          }
          return (value as (...args: unknown[]) => unknown).apply(target, args);
        };
      },
    });
  return { db: note(db), statements, given };
};
