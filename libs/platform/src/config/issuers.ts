import { Type } from '@sinclair/typebox';
import { tokenKeys } from '../auth/key-document.ts';
import { isTrustedUrl, LOOPBACK_HOSTS } from '../auth/key-uri.ts';
import type { Issuer } from '../auth/principal.ts';
import { ConfigError } from './config.ts';
import { jsonOf } from './files.ts';

/** The setting of every app that takes tokens. */
export const ISSUER_SETTINGS = {
  /** Hosts, with commas between, where issuers' keys may be fetched over plain http: `keycloak`. */
  ISSUER_HTTP_HOSTS: Type.String({ default: LOOPBACK_HOSTS.join(',') }),
};

/** The hosts of ISSUER_HTTP_HOSTS. */
export const httpHostsOf = (settings: { ISSUER_HTTP_HOSTS: string }): string[] =>
  settings.ISSUER_HTTP_HOSTS.split(',').map((host) => host.trim());

/** What an issuer's file holds: its name, and its keys or where it publishes them. */
type Written = Pick<Issuer, 'issuer' | 'jwks' | 'jwksUri'>;

/**
 * Checks what a setting's file says of an issuer: either keys, one of which can verify tokens, or a URL where keys may be
 * fetched. Throws ConfigError with the setting's name.
 */
export function checkIssuer(setting: string, written: unknown, httpHosts: readonly string[]): Written {
  const wrong = wrongWith({ ...(written as Partial<Written> | null) }, httpHosts);
  if (wrong !== undefined) throw new ConfigError(`Setting ${setting}: ${wrong}`);
  const { issuer, jwks, jwksUri } = written as Written;
  return { issuer, jwks, jwksUri };
}

function wrongWith({ issuer, jwks, jwksUri }: Partial<Written>, httpHosts: readonly string[]): string | undefined {
  if (typeof issuer !== 'string' || issuer === '') return '"issuer" is missing';
  if ((jwks === undefined) === (jwksUri === undefined)) return 'either "jwks" or "jwksUri" is needed';
  if (jwksUri === undefined) return hasKeys(jwks) ? undefined : '"jwks" holds no Ed25519 key';
  const isTrusted = typeof jwksUri === 'string' && isTrustedUrl(jwksUri, httpHosts);
  return isTrusted ? undefined : '"jwksUri" must be an https URL, or one at a host of ISSUER_HTTP_HOSTS';
}

const hasKeys = (jwks: Written['jwks'] | null): boolean => Array.isArray(jwks?.keys) && tokenKeys(jwks.keys).length > 0;

/** The issuer that a setting's file names. Throws ConfigError with the setting's name, never with what the file holds. */
export const issuerOf = (
  setting: string,
  path: string,
  member: string | null,
  httpHosts: readonly string[],
): Issuer => ({ ...checkIssuer(setting, jsonOf(setting, path), httpHosts), member });
