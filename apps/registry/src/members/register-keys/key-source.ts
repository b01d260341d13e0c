import { InvalidRequest, RuleBroken, type FieldError } from '#contracts';
import { fetchKeys, isTrustedUrl } from '#platform';
import type { RegisterKeysBody } from './register-keys.dto.ts';

/** Refuses an issuer whose keys are told twice or not at all, or that anybody between could speak for. */
export function checkKeySource({ issuer, jwks, jwksUri }: RegisterKeysBody, httpHosts: readonly string[]): void {
  const error = (path: string, rule: string, message: string): FieldError => ({ path, rule, message });
  const errors = [
    ...(/^https?:/.test(issuer) && !isTrustedUrl(issuer, httpHosts)
      ? [error('/issuer', 'https', 'issuer must be an https URL or a URN')]
      : []),
    ...((jwks === undefined) === (jwksUri === undefined)
      ? [error('/jwks', 'either', 'either jwks or jwksUri is needed')]
      : []),
    ...(jwksUri !== undefined && !isTrustedUrl(jwksUri, httpHosts)
      ? [error('/jwksUri', 'https', 'jwksUri must be an https URL')]
      : []),
  ];
  if (errors.length > 0) throw new InvalidRequest(errors);
}

/**
 * Fetches the keys once: whoever registered a wrong place would have locked itself out. Throws RuleBroken
 * `issuer.no-keys`.
 */
export async function checkPublished(jwksUri: string | undefined): Promise<void> {
  if (jwksUri === undefined) return;
  const keys = await fetchKeys(jwksUri).catch(() => []);
  if (keys.length > 0) return;
  const message = 'There is no key set at jwksUri, or no Ed25519 key for signatures in it.';
  throw new RuleBroken('issuer.no-keys', [{ path: '/jwksUri', rule: 'published', message }]);
}
