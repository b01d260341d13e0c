import 'reflect-metadata';
import type { SigningKey } from '#contracts';
import { openConfiguredEventStore } from '#event-store/configured';
import { openConfiguredExchange } from '#exchange/configured';
import {
  ConfigError,
  createLogger,
  databaseUrlOf,
  environment,
  fixedIssuers,
  httpHostsOf,
  issuerOf,
  jsonOf,
  parseConfig,
  runMain,
  stopWhenTold,
  textOf,
  type IssuerDirectory,
} from '#platform';
import { openPostgres } from '#sql';
import { createMemberNode, type MemberNodeConfig } from './index.ts';
import type { RegistryKey } from './task-force/hearing.ts';
import { Settings } from './settings.ts';

const SECRET_BYTES = 32;

const nodeSecretOf = (path: string): Uint8Array => {
  const secret = Buffer.from(textOf('SECRET_FILE', path), 'base64url');
  if (secret.length < SECRET_BYTES) throw new ConfigError(`Setting SECRET_FILE: fewer than ${SECRET_BYTES} bytes`);
  return secret;
};

const issuersOf = (settings: Settings): IssuerDirectory => {
  const httpHosts = httpHostsOf(settings);
  const own = issuerOf('ISSUER_FILE', settings.ISSUER_FILE, settings.MEMBER, httpHosts);
  const file = settings.OPERATOR_ISSUER_FILE;
  const operators = file === undefined ? [] : [issuerOf('OPERATOR_ISSUER_FILE', file, null, httpHosts)];
  return fixedIssuers([own, ...operators], httpHosts);
};

const configOf = (settings: Settings): MemberNodeConfig => ({
  member: settings.MEMBER,
  secret: nodeSecretOf(settings.SECRET_FILE),
  signingKey: jsonOf<SigningKey>('SIGNING_KEY_FILE', settings.SIGNING_KEY_FILE),
  registryKeys: jsonOf<RegistryKey[]>('REGISTRY_KEYS_FILE', settings.REGISTRY_KEYS_FILE),
  issuers: issuersOf(settings),
  viewsUrl: settings.VIEWS_URL.replace(/\/$/, ''),
  expiryIntervalMs: settings.EXPIRY_INTERVAL_SECONDS * 1000,
  clockSkewMs: settings.CLOCK_SKEW_SECONDS * 1000,
  processMetrics: true,
  requestsPerMinute: settings.REQUESTS_PER_MINUTE,
});

runMain('member-node', async () => {
  const settings = parseConfig(Settings, environment());
  const config = configOf(settings);
  const name = `member-node-${settings.MEMBER}`;
  const logger = createLogger(name, settings.LOG_LEVEL);
  const db = await openPostgres({ url: databaseUrlOf(settings) });
  const schema = settings.MEMBER.toLowerCase();
  const store = await openConfiguredEventStore(settings, { db, name: schema, log: logger });
  const exchange = await openConfiguredExchange(settings, { db, clientId: name, log: logger });
  const { app } = await createMemberNode(config, { db, exchange, store, logger });
  stopWhenTold(name, async () => {
    await app.close();
    await exchange.close();
    await store.close();
    await db.close();
  });
  await app.listen(settings.PORT, settings.HOST);
  logger.info({ port: settings.PORT }, 'the node is ready');
});
