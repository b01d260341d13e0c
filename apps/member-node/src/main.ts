import 'reflect-metadata';
import { readFileSync } from 'node:fs';
import { Type, type Static } from '@sinclair/typebox';
import type { SigningKey } from '#contracts';
import { openEmbeddedExchange } from '#exchange/embedded';
import { ConfigError, createLogger, environment, fixedIssuers, parseConfig, type Issuer } from '#platform';
import { openPostgres } from '#sql';
import { createMemberNode, type MemberNodeConfig } from './index.ts';
import type { RegistryKey } from './task-force/hearing.ts';

/** The settings of a node that runs as a process of its own. Secrets come in files. */
const Settings = Type.Object({
  MEMBER: Type.String({ pattern: '^[A-Z]{2}$' }),
  HOST: Type.String({ default: '127.0.0.1' }),
  PORT: Type.Integer({ default: 4101, minimum: 0, maximum: 65_535 }),
  LOG_LEVEL: Type.String({ default: 'info' }),
  DATABASE_URL: Type.String({ pattern: '^postgres(ql)?://' }),
  VIEWS_URL: Type.String({ default: 'http://127.0.0.1:4100', pattern: '^https?://' }),
  /** { kid, publicJwk, privateJwk } */
  SIGNING_KEY_FILE: Type.String(),
  /** 32 random bytes or more, as base64url text. Must never change. */
  SECRET_FILE: Type.String(),
  /** [{ kid, publicJwk }]: what signs the registry's events */
  REGISTRY_KEYS_FILE: Type.String(),
  /** { issuer, jwks } of this member's tokens. */
  ISSUER_FILE: Type.String(),
  /** { issuer, jwks } of the task force's operators. */
  OPERATOR_ISSUER_FILE: Type.Optional(Type.String()),
  EXPIRY_INTERVAL_SECONDS: Type.Integer({ default: 3600, minimum: 1 }),
});
type Settings = Static<typeof Settings>;

const SECRET_BYTES = 32;

const text = (name: string, path: string): string => {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    throw new ConfigError(`Setting ${name}: the file cannot be read`);
  }
};

const json = <T>(name: string, path: string): T => {
  try {
    return JSON.parse(text(name, path)) as T;
  } catch (error) {
    throw error instanceof ConfigError ? error : new ConfigError(`Setting ${name}: the file is not JSON`);
  }
};

const secretOf = (path: string): Uint8Array => {
  const secret = Buffer.from(text('SECRET_FILE', path).trim(), 'base64url');
  if (secret.length < SECRET_BYTES) throw new ConfigError(`Setting SECRET_FILE: fewer than ${SECRET_BYTES} bytes`);
  return secret;
};

const issuersOf = (settings: Settings): Issuer[] => {
  type File = Omit<Issuer, 'member'>;
  const own = { ...json<File>('ISSUER_FILE', settings.ISSUER_FILE), member: settings.MEMBER };
  const operator = settings.OPERATOR_ISSUER_FILE;
  return operator === undefined ? [own] : [own, { ...json<File>('OPERATOR_ISSUER_FILE', operator), member: null }];
};

const configOf = (settings: Settings): MemberNodeConfig => ({
  member: settings.MEMBER,
  secret: secretOf(settings.SECRET_FILE),
  signingKey: json<SigningKey>('SIGNING_KEY_FILE', settings.SIGNING_KEY_FILE),
  registryKeys: json<RegistryKey[]>('REGISTRY_KEYS_FILE', settings.REGISTRY_KEYS_FILE),
  issuers: fixedIssuers(issuersOf(settings)),
  viewsUrl: settings.VIEWS_URL.replace(/\/$/, ''),
  expiryIntervalMs: settings.EXPIRY_INTERVAL_SECONDS * 1000,
  processMetrics: true,
});

const main = async (): Promise<void> => {
  const settings = parseConfig(Settings, environment());
  const config = configOf(settings);
  const logger = createLogger(`member-node-${settings.MEMBER}`, settings.LOG_LEVEL);
  const db = await openPostgres({ url: settings.DATABASE_URL });
  const exchange = await openEmbeddedExchange({ db });
  const { app } = await createMemberNode(config, { db, exchange, logger });
  await app.listen(settings.PORT, settings.HOST);
  logger.info({ port: settings.PORT }, 'the node is ready');
  const stop = async (): Promise<void> => {
    await app.close();
    await exchange.close();
    await db.close();
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stop());
};

main().catch((error: unknown) => {
  process.stderr.write(`member-node: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
