import 'reflect-metadata';
import { readFileSync } from 'node:fs';
import { Type, type Static } from '@sinclair/typebox';
import type { PublicJwk } from '#contracts';
import { openEmbeddedExchange } from '#exchange/embedded';
import { ConfigError, createLogger, environment, parseConfig, type Issuer } from '#platform';
import { openPostgres } from '#sql';
import { createJointViews, type JointViewsConfig } from './index.ts';

/** The settings of joint views that run as a process of their own. Keys come in files. */
const Settings = Type.Object({
  HOST: Type.String({ default: '127.0.0.1' }),
  PORT: Type.Integer({ default: 4100, minimum: 0, maximum: 65_535 }),
  LOG_LEVEL: Type.String({ default: 'info' }),
  DATABASE_URL: Type.String({ pattern: '^postgres(ql)?://' }),
  /** [{ kid, publicJwk }]: what signs the registry's events */
  REGISTRY_KEYS_FILE: Type.String(),
  /** { issuer, jwks } of the task force's operators. */
  OPERATOR_ISSUER_FILE: Type.String(),
  WITHHOLD_AFTER_SECONDS: Type.Integer({ default: 300, minimum: 0 }),
  REGISTRY_MAX_AGE_SECONDS: Type.Integer({ default: 300, minimum: 1 }),
});
type Settings = Static<typeof Settings>;

function json<T>(name: string, path: string): T {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as T;
  } catch {
    throw new ConfigError(`Setting ${name}: the file cannot be read as JSON`);
  }
}

const configOf = (settings: Settings): JointViewsConfig => ({
  registryKeys: json<{ kid: string; publicJwk: PublicJwk }[]>('REGISTRY_KEYS_FILE', settings.REGISTRY_KEYS_FILE),
  operator: { ...json<Omit<Issuer, 'member'>>('OPERATOR_ISSUER_FILE', settings.OPERATOR_ISSUER_FILE), member: null },
  withholdAfterMs: settings.WITHHOLD_AFTER_SECONDS * 1000,
  registryMaxAgeMs: settings.REGISTRY_MAX_AGE_SECONDS * 1000,
});

async function main(): Promise<void> {
  const settings = parseConfig(Settings, environment());
  const config = configOf(settings);
  const logger = createLogger('joint-views', settings.LOG_LEVEL);
  const db = await openPostgres({ url: settings.DATABASE_URL });
  const exchange = await openEmbeddedExchange({ db });
  const views = await createJointViews(config, { db, exchange, logger });
  await views.listen(settings.PORT, settings.HOST);
  logger.info({ port: settings.PORT }, 'the joint views are ready');
  const stop = async (): Promise<void> => {
    await views.close();
    await exchange.close();
    await db.close();
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stop());
}

main().catch((error: unknown) => {
  process.stderr.write(`joint-views: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
