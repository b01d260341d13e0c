import 'reflect-metadata';
import type { PublicJwk } from '#contracts';
import { openConfiguredExchange } from '#exchange/configured';
import {
  createLogger,
  databaseUrlOf,
  environment,
  httpHostsOf,
  issuerOf,
  jsonOf,
  parseConfig,
  runMain,
  stopWhenTold,
} from '#platform';
import { openPostgres } from '#sql';
import { readThresholds } from './dna/thresholds.ts';
import { createJointViews, type JointViewsConfig } from './index.ts';
import { Settings } from './settings.ts';

const configOf = (settings: Settings): JointViewsConfig => ({
  registryKeys: jsonOf<{ kid: string; publicJwk: PublicJwk }[]>('REGISTRY_KEYS_FILE', settings.REGISTRY_KEYS_FILE),
  operator: issuerOf('OPERATOR_ISSUER_FILE', settings.OPERATOR_ISSUER_FILE, null, httpHostsOf(settings)),
  issuerHttpHosts: httpHostsOf(settings),
  withholdAfterMs: settings.WITHHOLD_AFTER_SECONDS * 1000,
  registryMaxAgeMs: settings.REGISTRY_MAX_AGE_SECONDS * 1000,
  dnaThresholds: readThresholds(settings.DNA_THRESHOLDS),
  processMetrics: true,
  requestsPerMinute: settings.REQUESTS_PER_MINUTE,
});

runMain('joint-views', async () => {
  const settings = parseConfig(Settings, environment());
  const config = configOf(settings);
  const logger = createLogger('joint-views', settings.LOG_LEVEL);
  const db = await openPostgres({ url: databaseUrlOf(settings) });
  const exchange = await openConfiguredExchange(settings, { db, clientId: 'joint-views', log: logger });
  const views = await createJointViews(config, { db, exchange, logger });
  stopWhenTold('joint-views', async () => {
    await views.close();
    await exchange.close();
    await db.close();
  });
  await views.listen(settings.PORT, settings.HOST);
  logger.info({ port: settings.PORT }, 'the joint views are ready');
});
