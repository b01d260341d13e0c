import 'reflect-metadata';
import { Type, type Static } from '@sinclair/typebox';
import type { PublicJwk } from '#contracts';
import { EXCHANGE_SETTINGS, openConfiguredExchange } from '#exchange/configured';
import {
  createLogger,
  databaseUrlOf,
  environment,
  jsonOf,
  parseConfig,
  runMain,
  serviceSettings,
  stopWhenTold,
  type Issuer,
} from '#platform';
import { openPostgres } from '#sql';
import { createJointViews, type JointViewsConfig } from './index.ts';

/** The settings of joint views that run as a process of their own. Keys come in files. */
const Settings = Type.Object({
  ...serviceSettings(4100),
  ...EXCHANGE_SETTINGS,
  /** [{ kid, publicJwk }]: what signs the registry's events */
  REGISTRY_KEYS_FILE: Type.String(),
  /** { issuer, jwks } of the task force's operators. */
  OPERATOR_ISSUER_FILE: Type.String(),
  WITHHOLD_AFTER_SECONDS: Type.Integer({ default: 300, minimum: 0 }),
  REGISTRY_MAX_AGE_SECONDS: Type.Integer({ default: 300, minimum: 1 }),
});
type Settings = Static<typeof Settings>;

const configOf = (settings: Settings): JointViewsConfig => ({
  registryKeys: jsonOf<{ kid: string; publicJwk: PublicJwk }[]>('REGISTRY_KEYS_FILE', settings.REGISTRY_KEYS_FILE),
  operator: { ...jsonOf<Omit<Issuer, 'member'>>('OPERATOR_ISSUER_FILE', settings.OPERATOR_ISSUER_FILE), member: null },
  withholdAfterMs: settings.WITHHOLD_AFTER_SECONDS * 1000,
  registryMaxAgeMs: settings.REGISTRY_MAX_AGE_SECONDS * 1000,
  processMetrics: true,
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
