import { exportJWK, generateKeyPair, importJWK, SignJWT, type JWK } from 'jose';
import type { Classification, Role } from '#contracts';
import type { Issuer } from '#platform';
import type { Home } from './home.ts';

interface IssuerFile {
  issuer: string;
  member: string | null;
  publicJwk: JWK;
  privateJwk: JWK;
}

const TASK_FORCE = 'task-force';
const TOKEN_HOURS = 12;

const file = (member: string | null) => ['keys', 'issuers', `${member ?? TASK_FORCE}.json`];

/** Makes the built-in issuer of a member (null: the task force's own) where it is missing. */
export const ensureIssuer = async (home: Home, member: string | null): Promise<Issuer> => {
  if (!home.has(...file(member))) {
    const { publicKey, privateKey } = await generateKeyPair('EdDSA', { extractable: true });
    const issuer = `urn:accord:issuer:${member ?? TASK_FORCE}`;
    const known = { kid: `${member ?? TASK_FORCE}-1`, alg: 'EdDSA', use: 'sig' };
    const keys: IssuerFile = {
      issuer,
      member,
      publicJwk: { ...(await exportJWK(publicKey)), ...known },
      privateJwk: { ...(await exportJWK(privateKey)), ...known },
    };
    home.writeJson(keys, ...file(member));
  }
  const { issuer, publicJwk } = home.readJson<IssuerFile>(...file(member));
  return { issuer, member, jwks: { keys: [publicJwk] } };
};

export interface TokenRequest {
  member: string | null;
  roles: readonly Role[];
  clearance: Classification;
  user: string;
}

/** Signs a token with a built-in issuer's key file. Throws where there is no such issuer. */
export const issueToken = async (home: Home, request: TokenRequest): Promise<string> => {
  if (!home.has(...file(request.member))) {
    throw new Error(
      `There is no built-in issuer ${request.member ?? TASK_FORCE} in ${home.dir}: is the member known, and has "accord start" run on this directory?`,
    );
  }
  const { issuer, privateJwk } = home.readJson<IssuerFile>(...file(request.member));
  return new SignJWT({ roles: [...request.roles], clearance: request.clearance })
    .setProtectedHeader({ alg: 'EdDSA', kid: privateJwk.kid ?? '' })
    .setIssuer(issuer)
    .setSubject(request.user)
    .setAudience('accord')
    .setIssuedAt()
    .setExpirationTime(`${TOKEN_HOURS}h`)
    .sign(await importJWK(privateJwk, 'EdDSA'));
};

/** The token that ACCORD_TOKEN holds, as where the issuers aren't the built-in ones; else one of a built-in issuer. */
export const givenToken = async (home: Home, request: TokenRequest): Promise<string> =>
  process.env['ACCORD_TOKEN'] || issueToken(home, request);
