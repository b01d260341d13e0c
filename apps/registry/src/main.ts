import 'reflect-metadata';
import type { SigningKey } from '#contracts';
import { openConfiguredEventStore } from '#event-store/configured';
import { openConfiguredExchange } from '#exchange/configured';
import {
  checkIssuer,
  createLogger,
  databaseUrlOf,
  environment,
  httpHostsOf,
  issuerOf,
  jsonOf,
  parseConfig,
  runMain,
  stopWhenTold,
  textOf,
} from '#platform';
import { openPostgres } from '#sql';
import { createRegistry, type Founder } from './index.ts';
import { Settings } from './settings.ts';

const foundersOf = (path: string | undefined, httpHosts: readonly string[]): Founder[] => {
  const founders = path ? jsonOf<Founder[]>('FOUNDERS_FILE', path) : [];
  for (const founder of founders) checkIssuer('FOUNDERS_FILE', founder, httpHosts);
  return founders;
};

runMain('registry', async () => {
  const settings = parseConfig(Settings, environment());
  const logger = createLogger('registry', settings.LOG_LEVEL);
  const issuerHttpHosts = httpHostsOf(settings);
  const operatorFile = settings.OPERATOR_ISSUER_FILE;
  const config = {
    signingKey: jsonOf<SigningKey>('SIGNING_KEY_FILE', settings.SIGNING_KEY_FILE),
    secret: textOf('SECRET_FILE', settings.SECRET_FILE),
    founders: foundersOf(settings.FOUNDERS_FILE, issuerHttpHosts),
    operator: operatorFile ? issuerOf('OPERATOR_ISSUER_FILE', operatorFile, null, issuerHttpHosts) : null,
    issuerHttpHosts,
    heartbeatMs: settings.HEARTBEAT_SECONDS * 1000,
    processMetrics: true,
    requestsPerMinute: settings.REQUESTS_PER_MINUTE,
  };
  const db = await openPostgres({ url: databaseUrlOf(settings) });
  const open = (name: string) => openConfiguredEventStore(settings, { db, name, log: logger });
  const stores = { members: await open('registry_members'), agreements: await open('registry_agreements') };
  const exchange = await openConfiguredExchange(settings, { db, clientId: 'registry', log: logger });
  const registry = await createRegistry(config, { stores, exchange, logger });
  stopWhenTold('registry', async () => {
    await registry.close();
    await exchange.close();
    await Promise.all([stores.members.close(), stores.agreements.close()]);
    await db.close();
  });
  await registry.listen(settings.PORT, settings.HOST);
  logger.info({ port: settings.PORT }, 'the registry is ready');
});
