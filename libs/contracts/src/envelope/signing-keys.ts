import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';

/** An Ed25519 public key (RFC 8037). */
export interface PublicJwk {
  kty: 'OKP';
  crv: 'Ed25519';
  /** 32 bytes, base64url. */
  x: string;
}

export interface PrivateJwk extends PublicJwk {
  d: string;
}

/** What a member signs its events with. `kid` is the key's thumbprint (RFC 7638). */
export interface SigningKey {
  kid: string;
  publicJwk: PublicJwk;
  privateJwk: PrivateJwk;
}

export function newSigningKey(): SigningKey {
  const { x, d } = generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' }) as { x: string; d: string };
  const publicJwk: PublicJwk = { kty: 'OKP', crv: 'Ed25519', x };
  return { kid: thumbprint(publicJwk), publicJwk, privateJwk: { ...publicJwk, d } };
}

/** RFC 7638: SHA-256 of the required members in their order, base64url. */
export function thumbprint({ crv, kty, x }: PublicJwk): string {
  return createHash('sha256').update(JSON.stringify({ crv, kty, x })).digest('base64url');
}

// Making a KeyObject costs more than a verification. The keys are the members', so few; the bound is against misuse.
const CACHED = 1000;
const publicKeys = new Map<string, KeyObject>();
const privateKeys = new Map<string, KeyObject>();

export function publicKeyOf({ x }: PublicJwk): KeyObject {
  return cached(publicKeys, x, () => createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' }));
}

export function privateKeyOf({ x, d }: PrivateJwk): KeyObject {
  return cached(privateKeys, x, () => createPrivateKey({ key: { kty: 'OKP', crv: 'Ed25519', x, d }, format: 'jwk' }));
}

function cached(keys: Map<string, KeyObject>, name: string, make: () => KeyObject): KeyObject {
  let key = keys.get(name);
  if (!key) {
    if (keys.size >= CACHED) keys.clear();
    key = make();
    keys.set(name, key);
  }
  return key;
}
