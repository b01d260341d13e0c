import { createJointViews, type JointViews } from '../../apps/joint-views/src/index.ts';
import { createMemberNode, type MemberNode } from '../../apps/member-node/src/create-member-node.ts';
import { reportBody } from '../../apps/member-node/src/testing/bodies.ts';
import { createRegistry, type Registry } from '../../apps/registry/src/index.ts';
import { eventKey, founder, testIssuer, tokenOf, type TestIssuer } from '../../apps/registry/src/testing/harness.ts';
import { newSigningKey, type SigningKey } from '#contracts';
import { openSqlEventStore } from '#event-store/postgres';
import type { Exchange } from '#exchange';
import { openEmbeddedExchange } from '#exchange/embedded';
import { fixedIssuers, type Logger } from '#platform';
import { openPglite, type Database } from '#sql';

export const APPS = ['registry', 'member node', 'joint views'] as const;
export type App = (typeof APPS)[number];

/** What is asked about: all of GB's. */
export interface Things {
  report: string;
  agreement: string;
  /** An entity of the report. */
  subject: string;
}

export interface TaskForce {
  base: Record<App, string>;
  apps: { registry: Registry; node: MemberNode; views: JointViews };
  issuers: Map<string, TestIssuer>;
  things: Things;
  db: Database;
  exchange: Exchange;
  stop(): Promise<void>;
}

const SECRET = 'a secret of the test: 32 bytes and more of it';
const ALL_CATEGORIES = ['intelligence', 'operation', 'dna', 'document', 'return', 'crossing', 'assistance'];

/**
 * The registry, GB's node and the joint views on real HTTP, in this process. GB, AL and XK are members. XK is suspended. GB
 * has a report that it released to AL, under an agreement of GB, AL and XK; and an agreement of GB and XK that AL isn't
 * party to.
 */
export async function startTaskForce(logger: Logger): Promise<TaskForce> {
  const db = await openPglite('memory://');
  const exchange = await openEmbeddedExchange({ db, pollMs: 50 });
  const issuers = new Map<string, TestIssuer>();
  for (const name of ['GB', 'AL', 'XK', 'ME', 'task-force']) issuers.set(name, await testIssuer(name));
  const of = (name: string) => issuers.get(name)!;
  const operator = { issuer: of('task-force').issuer, member: null, jwks: { keys: [of('task-force').jwk] } };
  const registryKey = newSigningKey();
  const stores = {
    members: await openSqlEventStore({ db, schema: 'registry_members' }),
    agreements: await openSqlEventStore({ db, schema: 'registry_agreements' }),
  };
  const founders = ['GB', 'AL', 'XK'].map((code) => founder(code, of(code)));
  const registry = await createRegistry(
    { signingKey: registryKey, secret: SECRET, founders, operator },
    { stores, exchange, logger },
  );
  await registry.listen(0);
  await registry.relayed();
  const registryKeys = [registryKey];
  const views = await createJointViews(
    { registryKeys, withholdAfterMs: 300_000, registryMaxAgeMs: 300_000, operator },
    { db, exchange, logger },
  );
  await views.listen(0);
  const signingKey: SigningKey = { ...eventKey, kid: 'GB-1' };
  const own = { issuer: of('GB').issuer, member: 'GB', jwks: { keys: [of('GB').jwk] } };
  const viewsUrl = await views.app.getUrl();
  const node = await createMemberNode(
    {
      member: 'GB',
      secret: Buffer.alloc(32, 7),
      signingKey,
      registryKeys,
      issuers: fixedIssuers([own, operator]),
      viewsUrl,
    },
    { db, exchange, logger },
  );
  await node.app.listen(0, '127.0.0.1');
  const base = {
    registry: await registry.app.getUrl(),
    'member node': await node.app.getUrl(),
    'joint views': viewsUrl,
  };
  const things = await furnish(base, issuers);
  await Promise.all([node.relay.idle(), registry.relayed()]);
  await applied(views, ['/members/GB', '/registry/members', '/registry/agreements']);
  return {
    base,
    apps: { registry, node, views },
    issuers,
    things,
    db,
    exchange,
    stop: async () => {
      await node.app.close();
      await views.close();
      await registry.close();
      await exchange.close();
      await Promise.all([stores.members.close(), stores.agreements.close()]);
      await db.close();
    },
  };
}

async function furnish(base: TaskForce['base'], issuers: TaskForce['issuers']): Promise<Things> {
  const tell = async (member: string, roles: string[], url: string, body: object) => {
    const authorization = `Bearer ${await tokenOf(issuers.get(member)!, roles)}`;
    const headers = { authorization, 'content-type': 'application/json' };
    const answer = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
    const text = await answer.text();
    if (answer.status >= 300) throw new Error(`${url}: ${text}`);
    return JSON.parse(text) as { id: string; entities: Record<string, string> };
  };
  const agree = async (parties: string[]) => {
    const terms = { title: `Of ${parties.join(', ')}`, parties, categories: ALL_CATEGORIES, purposes: PURPOSES };
    const drafted = { ...terms, validFrom: '2025-01-01', onward: false };
    const { id } = await tell(parties[0]!, ['admin'], `${base.registry}/v1/agreements`, drafted);
    for (const party of parties) await tell(party, ['admin'], `${base.registry}/v1/agreements/${id}/sign`, {});
    return id;
  };
  await agree(['GB', 'AL', 'XK']);
  const agreement = await agree(['GB', 'XK']);
  const release = { audience: ['AL', 'XK'], purposes: PURPOSES };
  const body = reportBody({ reviewBy: '2099-01-01', release });
  const { id, entities } = await tell('GB', ['publisher', 'supervisor'], `${base['member node']}/v1/reports`, body);
  await tell('XK', ['admin'], `${base.registry}/v1/members/XK/suspend`, { reason: 'elections' });
  return { report: id, agreement, subject: entities['o']! };
}

const PURPOSES = ['people-smuggling'];

async function applied(views: JointViews, sources: string[]): Promise<void> {
  for (;;) {
    const status = await views.side.status.read(sources);
    if (status.sources.every(({ sequence, applied: to }) => sequence > 0 && sequence === to)) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
