import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { newSigningKey, open, readPlaced, Unavailable, type PlacedEnvelope } from '#contracts';
import type { EventStore } from '#event-store';
import { openSqlEventStore } from '#event-store/postgres';
import type { Exchange } from '#exchange';
import { openEmbeddedExchange } from '#exchange/embedded';
import { createLogger, fixedIssuers } from '#platform';
import { openPglite, type Database } from '#sql';
import { createMemberNode, type MemberNode } from '../create-member-node.ts';
import { startKeyTaker, type KeyTaker } from './key-taker.ts';
import { announce } from './registry.ts';

const ISSUER = 'urn:accord:issuer:GB';
const MEMBERS = { GB: 'active', AL: 'active', XK: 'active', MK: 'proposed', ZZ: 'withdrawn' };

export interface Answered {
  status: number;
  text: string;
  // A test looks into whatever came back.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  json: any;
  headers: Headers;
}

export interface Ask {
  as?: string;
  body?: unknown;
  /** Sent as it is. */
  raw?: string | Uint8Array | ReadableStream;
  headers?: Record<string, string>;
}

interface Faults {
  afterAppend: number;
  passing: number;
}

export interface RunningNode {
  node: MemberNode;
  base: string;
  db: Database;
  store: EventStore;
  exchange: Exchange;
  taker: KeyTaker;
  /** Says what state a member is in from now on. */
  say(code: string, state: string): Promise<void>;
  clock: { time: number; now(): number };
  /** How many of the next appends are stored, and then fail as if the process had died; `passing`: after so many more. */
  faults: Faults;
  token(roles: string[], claims?: Claims): Promise<string>;
  call(method: string, path: string, ask?: Ask): Promise<Answered>;
  /** How many events there are, idempotency reservations included. */
  count(): Promise<number>;
  /** What was relayed, with the plaintext that its readers can open. */
  relayed(): Promise<(PlacedEnvelope & { opened?: { shield: unknown; content?: Record<string, unknown> } })[]>;
  /** Stops the node, and starts another on the same data. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

/** A whole GB node over HTTP, on a database (by default PGlite in memory) and the embedded exchange. */
export const runNode = async (opened?: Database): Promise<RunningNode> => {
  const db = opened ?? (await openPglite('memory://'));
  const exchange = await openEmbeddedExchange({ db, pollMs: 20 });
  const taker = await startKeyTaker();
  const { publicKey, privateKey } = await generateKeyPair('EdDSA');
  const jwk = { ...(await exportJWK(publicKey)), kid: 'tokens', alg: 'EdDSA' };
  const signingKey = newSigningKey();
  const logger = createLogger('test', 'silent');
  const clock = { time: Date.parse('2026-02-01T12:00:00Z'), now: () => clock.time++ };
  const registryKey = await announce(exchange, MEMBERS);
  const faults = { afterAppend: 0, passing: 0 };
  const store = failing(await openSqlEventStore({ db, schema: 'gb' }), faults);
  const start = async () => {
    const node = await createMemberNode(
      {
        member: 'GB',
        secret: Buffer.alloc(32, 7),
        signingKey,
        registryKeys: [registryKey],
        issuers: fixedIssuers([{ issuer: ISSUER, member: 'GB', jwks: { keys: [jwk] } }]),
        viewsUrl: taker.url,
      },
      { db, exchange, store, logger, clock },
    );
    await node.app.listen(0, '127.0.0.1');
    running.node = node;
    running.base = (await node.app.getUrl()).replace('[::1]', '127.0.0.1');
  };
  const running: RunningNode = {
    node: null as never,
    base: '',
    db,
    store,
    exchange,
    taker,
    say: registryKey.say,
    clock,
    faults,
    token: (roles, claims) => sign(privateKey, clock.time, roles, claims),
    call: (method, path, ask) => call(running.base, method, path, ask),
    count: async () => (await db.query<{ n: number }>(`select count(*)::int as n from gb.events`))[0]!.n,
    relayed: () => relayedBy(running),
    restart: async () => {
      await running.node.app.close().catch(() => undefined);
      await start();
    },
    close: async () => {
      await running.node.app.close();
      await exchange.close();
      await taker.close();
      await db.close();
    },
  };
  await start();
  return running;
};

const failing = (store: EventStore, faults: Faults): EventStore => {
  const appendMany: EventStore['appendMany'] = async (appends) => {
    const outcomes = await store.appendMany(appends);
    if (faults.afterAppend === 0) return outcomes;
    if (faults.passing > 0) return ((faults.passing -= 1), outcomes);
    faults.afterAppend -= 1;
    throw new Unavailable('store-unavailable', 'The connection was lost.');
  };
  return new Proxy(store, {
    get: (target, name) => {
      if (name === 'appendMany') return appendMany;
      const value: unknown = Reflect.get(target, name);
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });
};

type SigningKeyOfTokens = Awaited<ReturnType<typeof generateKeyPair>>['privateKey'];

interface Claims {
  clearance?: string;
  /** Seconds since the epoch. */
  exp?: number;
  iss?: string;
}

const sign = (
  key: SigningKeyOfTokens,
  now: number,
  roles: string[],
  { clearance = 'SECRET', exp, iss = ISSUER }: Claims = {},
) =>
  new SignJWT({ roles, clearance })
    .setProtectedHeader({ alg: 'EdDSA', kid: 'tokens' })
    .setSubject('officer-1')
    .setIssuer(iss)
    .setAudience('accord')
    .setExpirationTime(exp ?? Math.floor(now / 1000) + 3600)
    .sign(key);

const call = async (base: string, method: string, path: string, ask: Ask = {}): Promise<Answered> => {
  const body = ask.raw ?? (ask.body === undefined ? undefined : JSON.stringify(ask.body));
  const answer = await fetch(`${base}${path}`, {
    method,
    headers: {
      ...(ask.as && { authorization: `Bearer ${ask.as}` }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...ask.headers,
    },
    ...(body !== undefined && { body: body as string, duplex: 'half' }),
  } as RequestInit);
  const text = await answer.text();
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    json = undefined;
  }
  return { status: answer.status, text, json, headers: answer.headers };
};

const relayedBy = async ({ node, exchange, taker }: RunningNode) => {
  await node.relay.idle();
  const entries = await exchange.read('/members/GB', 0, 100_000);
  return entries.map(({ value }) => {
    const envelope = readPlaced(value);
    const key = taker.keys.get(envelope.subject);
    if (!envelope.data_base64 || !key) return envelope;
    const text = open(Buffer.from(key, 'base64url'), envelope.subject, envelope.id, envelope.data_base64);
    return { ...envelope, opened: JSON.parse(text) as { shield: unknown; content?: Record<string, unknown> } };
  });
};
