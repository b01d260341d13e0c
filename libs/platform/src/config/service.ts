import { Type, type Static, type TObject } from '@sinclair/typebox';
import { REQUESTS_PER_MINUTE } from '../http/rate-limit.ts';
import { ConfigError } from './config.ts';
import { secretOf } from './files.ts';
import { ISSUER_SETTINGS } from './issuers.ts';

/** The settings of every app that runs as a process of its own. */
export const serviceSettings = (port: number) => ({
  HOST: Type.String({ default: '127.0.0.1' }),
  PORT: Type.Integer({ default: port, minimum: 0, maximum: 65_535 }),
  LOG_LEVEL: Type.String({ default: 'info', pattern: '^(trace|debug|info|warn|error|fatal|silent)$' }),
  /** Of each token; 0: no limit. */
  REQUESTS_PER_MINUTE: Type.Integer({ default: REQUESTS_PER_MINUTE, minimum: 0 }),
  /** postgres://user@host:port/database. Its password may stand in it, or come in a file. */
  DATABASE_URL: Type.String({ pattern: '^postgres(ql)?://' }),
  DATABASE_PASSWORD_FILE: Type.Optional(Type.String()),
  ...ISSUER_SETTINGS,
});

/** The database's URL with its password. */
export const databaseUrlOf = (
  settings: Pick<Static<TObject<ReturnType<typeof serviceSettings>>>, 'DATABASE_URL' | 'DATABASE_PASSWORD_FILE'>,
): string => {
  const password = secretOf('DATABASE_PASSWORD', undefined, settings.DATABASE_PASSWORD_FILE);
  if (!URL.canParse(settings.DATABASE_URL)) throw new ConfigError('Setting DATABASE_URL: Expected a URL');
  if (password === undefined) return settings.DATABASE_URL;
  const url = new URL(settings.DATABASE_URL);
  url.password = encodeURIComponent(password);
  return url.href;
};
