/** An Ed25519 public key (RFC 8037), and nothing else of what was published with it. */
export interface TokenKey {
  kty: 'OKP';
  crv: 'Ed25519';
  x: string;
  kid?: string;
}

const LONGEST = 64 * 1024;
const MOST_KEYS = 20;
const PATIENCE_MS = 5_000;
const ED25519_X = /^[A-Za-z0-9_-]{43}$/;

/** Fetches the keys that an issuer publishes (RFC 7517). Throws where there is no key set, or not in time. */
export async function fetchKeys(uri: string): Promise<TokenKey[]> {
  // Another address than the one that was registered has no say.
  const response = await fetch(uri, {
    redirect: 'error',
    signal: AbortSignal.timeout(PATIENCE_MS),
    headers: { accept: 'application/jwk-set+json, application/json' },
  });
  if (response.status !== 200) {
    await response.body?.cancel();
    throw new Error(`The issuer answered ${response.status} where its keys should be.`);
  }
  const { keys } = JSON.parse(await boundedText(response)) as { keys?: unknown };
  if (!Array.isArray(keys)) throw new Error('What the issuer publishes is no key set.');
  return tokenKeys(keys);
}

/** Of a key set, what tokens can be verified with here: Ed25519, for signatures. Others are no mistake. */
export function tokenKeys(keys: readonly unknown[]): TokenKey[] {
  return keys.slice(0, MOST_KEYS).flatMap((key) => tokenKey(key) ?? []);
}

function tokenKey(key: unknown): TokenKey | undefined {
  const { kty, crv, x, kid, use = 'sig' } = { ...(key as Record<string, unknown> | null) };
  if (kty !== 'OKP' || crv !== 'Ed25519' || use !== 'sig') return undefined;
  if (typeof x !== 'string' || !ED25519_X.test(x)) return undefined;
  return typeof kid === 'string' ? { kty, crv, x, kid } : { kty, crv, x };
}

async function boundedText(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength;
    if (size > LONGEST) throw new Error(`The issuer's key set is longer than ${LONGEST} bytes.`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
