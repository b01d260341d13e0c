// One server of the accept bench, as a process of its own: `bare`, `checked` (nothing is stored) or `stored` with a
// database's URL. Tells its port and a token to whoever started it, and what CPU time it has used when asked.
import { createServer } from 'node:net';
import { fastify } from 'fastify';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { newSigningKey } from '#contracts';
import { openEmbeddedExchange } from '#exchange/embedded';
import { createApp, createLogger, fixedIssuers } from '#platform';
import { openPostgres } from '#sql';
import { createMemberNode } from '../../apps/member-node/src/create-member-node.ts';
import { MemberNodeModule } from '../../apps/member-node/src/member-node.module.ts';
import { REVIEW_DAYS } from '../../apps/member-node/src/node.ts';
import { announce } from '../../apps/member-node/src/testing/registry.ts';
import { nothingStored } from './nothing-stored.ts';

const ISSUER = 'urn:accord:issuer:GB';
const SECRET = Buffer.alloc(32, 7);

const { publicKey, privateKey } = await generateKeyPair('EdDSA');
const jwk = { ...(await exportJWK(publicKey)), kid: 'tokens', alg: 'EdDSA' };
const issuers = fixedIssuers([{ issuer: ISSUER, member: 'GB', jwks: { keys: [jwk] } }]);
const logger = createLogger('bench', 'silent');
const token = await new SignJWT({ roles: ['publisher', 'supervisor'], clearance: 'SECRET' })
  .setProtectedHeader({ alg: 'EdDSA', kid: 'tokens' })
  .setSubject('officer-1')
  .setIssuer(ISSUER)
  .setAudience('accord')
  .setExpirationTime('2h')
  .sign(privateKey);

const bare = async (port: number) => {
  const app = fastify();
  app.post('/v1/reports', (request, reply) => {
    const { externalId } = request.body as { externalId: string };
    void reply.status(201).send({ id: externalId, version: 1 });
  });
  await app.listen({ port, host: '127.0.0.1' });
};

const checked = async (port: number) => {
  const identity = { member: 'GB', reviewDays: REVIEW_DAYS, clockSkewMs: 0 };
  const taskForce = { resolve: () => ({ members: ['AL', 'XK'], taskForce: true, registrySequence: 5 }) };
  const platform = { name: 'bench', issuers, logger };
  const idle = { relay: {}, backfills: {}, audit: { consultations: {} }, conformance: {} };
  const options = { ...idle, identity, rails: nothingStored(SECRET), taskForce, platform };
  const app = await createApp(MemberNodeModule.register(options as never), { title: 'bench', description: '' });
  await app.listen(port, '127.0.0.1');
};

const stored = async (port: number, url: string) => {
  const db = await openPostgres({ url });
  const exchange = await openEmbeddedExchange({ db });
  const registryKeys = [await announce(exchange, { GB: 'active', AL: 'active', XK: 'active' })];
  const config = { member: 'GB', secret: SECRET, signingKey: newSigningKey(), registryKeys, issuers };
  const node = await createMemberNode({ ...config, viewsUrl: 'http://127.0.0.1:1' }, { db, exchange, logger });
  await node.app.listen(port, '127.0.0.1');
};

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });

const [kind, url = ''] = process.argv.slice(2);
const port = await freePort();
const servers: Record<string, (port: number, url: string) => Promise<void>> = { bare, checked, stored };
await servers[kind!]!(port, url);
process.on('message', () => process.send!({ cpu: process.cpuUsage() }));
process.on('disconnect', () => process.exit(0));
process.send!({ port, token });
