import 'reflect-metadata';
import { Type } from '@sinclair/typebox';
import type { SigningKey } from '#contracts';
import { EVENT_STORE_SETTINGS, openConfiguredEventStore } from '#event-store/configured';
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
  textOf,
  type Issuer,
} from '#platform';
import { openPostgres } from '#sql';
import { createRegistry, type Founder } from './index.ts';

/** The settings of a registry that runs as a process of its own. Secrets come in files. */
const Settings = Type.Object({
  ...serviceSettings(4000),
  ...EVENT_STORE_SETTINGS,
  ...EXCHANGE_SETTINGS,
  /** { kid, publicJwk, privateJwk } */
  SIGNING_KEY_FILE: Type.String(),
  /** 32 random bytes or more, as text. */
  SECRET_FILE: Type.String(),
  /** The founding members; read when the store is empty. */
  FOUNDERS_FILE: Type.Optional(Type.String()),
  /** { issuer, jwks } of the task force's operators. */
  OPERATOR_ISSUER_FILE: Type.Optional(Type.String()),
});

const optional = <T>(name: string, path: string | undefined): T | null => (path ? jsonOf<T>(name, path) : null);

runMain('registry', async () => {
  const settings = parseConfig(Settings, environment());
  const logger = createLogger('registry', settings.LOG_LEVEL);
  const operator = optional<Omit<Issuer, 'member'>>('OPERATOR_ISSUER_FILE', settings.OPERATOR_ISSUER_FILE);
  const config = {
    signingKey: jsonOf<SigningKey>('SIGNING_KEY_FILE', settings.SIGNING_KEY_FILE),
    secret: textOf('SECRET_FILE', settings.SECRET_FILE),
    founders: optional<Founder[]>('FOUNDERS_FILE', settings.FOUNDERS_FILE) ?? [],
    operator: operator && { ...operator, member: null },
    processMetrics: true,
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
