import { setTimeout as sleep } from 'node:timers/promises';
import { WrongState } from '#contracts';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Exchange, Relay } from '#exchange';
import { quoteIdent, type Database } from '#sql';
import type { TaskForce } from '../task-force/task-force.ts';

/** A node beside the node: the same code, issuer and keys, on a database and an exchange that are gone afterwards. */
export interface ThrowAway {
  app: NestFastifyApplication;
  relay: Relay;
  db: Database;
  exchange: Exchange;
  source: string;
  schema: string;
  close(): Promise<void>;
}

export interface ConformanceRequest {
  method: 'GET' | 'POST';
  path: string;
  body?: unknown;
}

export interface ConformanceRun {
  source: string;
  answers: { status: number; body: unknown }[];
  /** What was relayed, as it stands on the exchange. */
  log: string[];
  /** base64url by record: of nothing that was ever released. */
  keys: Record<string, string>;
}

/** While one is on its way in. Once it is active, its node is held to what it says for good. */
const STATES = ['approved', 'keys-registered', 'conformance-passed'];
const PREVIOUS = /\{\{(\d+)\.(\w+)\}\}/g;
const MOST = 100_000;

/** Carries out what a checker asks for, in a throw-away node, and shows what it released. */
export class Conformance {
  constructor(
    private readonly taskForce: TaskForce,
    private readonly open: () => Promise<ThrowAway>,
  ) {}

  /** In their order; `{{0.id}}` in a path stands for a field of an earlier answer. */
  async run(requests: readonly ConformanceRequest[], authorization: string): Promise<ConformanceRun> {
    const state = this.taskForce.ownState();
    if (state === undefined || !STATES.includes(state)) {
      throw new WrongState('member.not-keys-registered', `The member is ${state ?? 'not known yet'}.`);
    }
    const node = await this.open();
    try {
      const answers: ConformanceRun['answers'] = [];
      for (const request of requests) answers.push(await ask(node, request, authorization, answers));
      await relayed(node);
      const entries = await node.exchange.read(node.source, 0, MOST);
      return { source: node.source, answers, log: entries.map(({ value }) => value), keys: await keysOf(node) };
    } finally {
      await node.close();
    }
  }
}

const ask = async (
  { app }: ThrowAway,
  { method, path, body }: ConformanceRequest,
  authorization: string,
  before: ConformanceRun['answers'],
): Promise<ConformanceRun['answers'][number]> => {
  const field = (n: string, name: string) => String((before[Number(n)]?.body as Record<string, unknown>)?.[name]);
  const url = path.replace(PREVIOUS, (_, n: string, name: string) => field(n, name));
  const answer = await app.inject({
    method,
    url,
    headers: { authorization, ...(body !== undefined && { 'content-type': 'application/json' }) },
    ...(body !== undefined && { payload: JSON.stringify(body) }),
  });
  return { status: answer.statusCode, body: JSON.parse(answer.body || 'null') as unknown };
};

const relayed = async ({ relay }: ThrowAway): Promise<void> => {
  for (;;) {
    const { released, relayed: sent } = await relay.status();
    if (sent >= released) return;
    await sleep(20);
  }
};

const keysOf = async ({ db, schema }: ThrowAway): Promise<Record<string, string>> => {
  const rows = await db.query<{ record: string; key: Uint8Array }>(
    `select record, key from ${quoteIdent(schema)}.keys`,
  );
  return Object.fromEntries(rows.map(({ record, key }) => [record, Buffer.from(key).toString('base64url')]));
};
