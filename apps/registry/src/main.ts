import 'reflect-metadata';
import { readFileSync } from 'node:fs';
import { Type } from '@sinclair/typebox';
import type { SigningKey } from '#contracts';
import { openSqlEventStore } from '#event-store/postgres';
import { openEmbeddedExchange } from '#exchange/embedded';
import { ConfigError, createLogger, environment, parseConfig, type Issuer } from '#platform';
import { openPostgres } from '#sql';
import { createRegistry, type Founder } from './index.ts';

/** The settings of a registry that runs as a process of its own. Secrets come in files. */
const Settings = Type.Object({
  HOST: Type.String({ default: '127.0.0.1' }),
  PORT: Type.Integer({ default: 4000, minimum: 0, maximum: 65_535 }),
  LOG_LEVEL: Type.String({ default: 'info' }),
  DATABASE_URL: Type.String({ pattern: '^postgres(ql)?://' }),
  /** { kid, publicJwk, privateJwk } */
  SIGNING_KEY_FILE: Type.String(),
  /** 32 random bytes or more, as text. */
  SECRET_FILE: Type.String(),
  /** The founding members; read when the store is empty. */
  FOUNDERS_FILE: Type.Optional(Type.String()),
  /** { issuer, jwks } of the task force's operators. */
  OPERATOR_ISSUER_FILE: Type.Optional(Type.String()),
});

async function main(): Promise<void> {
  const settings = parseConfig(Settings, environment());
  const logger = createLogger('registry', settings.LOG_LEVEL);
  const db = await openPostgres({ url: settings.DATABASE_URL });
  const stores = {
    members: await openSqlEventStore({ db, schema: 'registry_members' }),
    agreements: await openSqlEventStore({ db, schema: 'registry_agreements' }),
  };
  const exchange = await openEmbeddedExchange({ db });
  const operator = optional<Omit<Issuer, 'member'>>('OPERATOR_ISSUER_FILE', settings.OPERATOR_ISSUER_FILE);
  const config = {
    signingKey: json<SigningKey>('SIGNING_KEY_FILE', settings.SIGNING_KEY_FILE),
    secret: text('SECRET_FILE', settings.SECRET_FILE).trim(),
    founders: optional<Founder[]>('FOUNDERS_FILE', settings.FOUNDERS_FILE) ?? [],
    operator: operator && { ...operator, member: null },
  };
  const registry = await createRegistry(config, { stores, exchange, logger });
  await registry.listen(settings.PORT, settings.HOST);
  logger.info({ port: settings.PORT }, 'the registry is ready');
  const stop = async () => {
    await registry.close();
    await exchange.close();
    await Promise.all([stores.members.close(), stores.agreements.close()]);
    await db.close();
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stop());
}

function text(name: string, path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    throw new ConfigError(`Setting ${name}: the file cannot be read`);
  }
}

function json<T>(name: string, path: string): T {
  try {
    return JSON.parse(text(name, path)) as T;
  } catch (error) {
    throw error instanceof ConfigError ? error : new ConfigError(`Setting ${name}: the file is not JSON`);
  }
}

const optional = <T>(name: string, path: string | undefined): T | null => (path ? json<T>(name, path) : null);

main().catch((error: unknown) => {
  process.stderr.write(`registry: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
