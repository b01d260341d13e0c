import { randomBytes } from 'node:crypto';
import type { SigningKey } from '#contracts';
import type { Issuer } from '#platform';
import type { Home } from '../home/home.ts';
import { ensureIssuer } from '../home/issuers.ts';
import { ensureSigningKey } from '../home/signing-keys.ts';

export interface MemberCredentials {
  code: string;
  issuer: Issuer;
  signingKey: SigningKey;
  /** 32 random bytes, base64url: keys the fingerprints of what the node is sent. */
  secret: string;
}

export interface Credentials {
  members: MemberCredentials[];
  registry: { signingKey: SigningKey; secret: string };
  /** The task force's own issuer. */
  operator: Issuer;
}

const ensureSecret = (home: Home, owner: string): string => {
  const file = ['keys', 'secrets', `${owner}.json`];
  if (!home.has(...file)) home.writeJson({ secret: randomBytes(32).toString('base64url') }, ...file);
  return home.readJson<{ secret: string }>(...file).secret;
};

/** Reads the keys of everyone who runs in this process from the data directory; makes what is missing. */
export const ensureCredentials = async (home: Home, codes: readonly string[]): Promise<Credentials> => {
  const members: MemberCredentials[] = [];
  for (const code of codes) {
    members.push({
      code,
      issuer: await ensureIssuer(home, code),
      signingKey: ensureSigningKey(home, code),
      secret: ensureSecret(home, code),
    });
  }
  return {
    members,
    registry: { signingKey: ensureSigningKey(home, 'registry'), secret: ensureSecret(home, 'registry') },
    operator: await ensureIssuer(home, null),
  };
};
