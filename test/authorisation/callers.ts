import { createHmac } from 'node:crypto';
import { SignJWT } from 'jose';
import { testIssuer, tokenOf, type TestIssuer } from '../../apps/registry/src/testing/harness.ts';
import { ROLES } from '#contracts';

export const MEMBER_ROLES = ROLES.filter((role) => role !== 'operator');
const OFFICER = [...MEMBER_ROLES];

/** Tokens by the column of the matrix that they stand in. Where there are several, each has to be answered alike. */
export interface Callers {
  /** By role: of GB, whose all things are, and of AL. */
  own: Map<string, string>;
  foreign: Map<string, string>;
  /** Of GB and of AL, with all of these roles. */
  all: { own: string; foreign: string };
  operator: string;
  /** Of XK, with every role. */
  suspended: string;
  /** Valid tokens that give no role, by what they are. */
  noRole: Map<string, string>;
  /** What is no valid token, by what is wrong with it; undefined: no header at all. */
  invalid: Map<string, string | undefined>;
}

export async function callersOf(issuers: ReadonlyMap<string, TestIssuer>): Promise<Callers> {
  const of = (name: string) => issuers.get(name)!;
  const byRole = async (member: string) =>
    new Map(await Promise.all(MEMBER_ROLES.map(async (role) => [role, await tokenOf(of(member), [role])] as const)));
  return {
    own: await byRole('GB'),
    foreign: await byRole('AL'),
    all: { own: await tokenOf(of('GB'), OFFICER), foreign: await tokenOf(of('AL'), OFFICER) },
    operator: await tokenOf(of('task-force'), ['operator']),
    suspended: await tokenOf(of('XK'), OFFICER),
    noRole: new Map([
      ['no roles', await tokenOf(of('GB'), [])],
      ['roles that are none', await tokenOf(of('GB'), ['superuser', 'Admin', '*'])],
      ['roles as a text', await tokenOf(of('GB'), [], { roles: 'admin analyst' })],
      ['a member’s issuer that makes an operator', await tokenOf(of('GB'), ['operator'])],
      ['the task force’s issuer that makes an officer', await tokenOf(of('task-force'), OFFICER)],
    ]),
    invalid: await invalid(of('GB'), of('AL'), of('ME')),
  };
}

async function invalid(gb: TestIssuer, al: TestIssuer, me: TestIssuer): Promise<Callers['invalid']> {
  const stranger = await testIssuer('GB');
  const none = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');
  const claims = { iss: gb.issuer, sub: 'u-1', aud: 'accord', exp: 4_000_000_000, roles: OFFICER };
  const unsigned = `${none({ alg: 'none' })}.${none(claims)}`;
  const hs256 = `${none({ alg: 'HS256', kid: gb.jwk.kid })}.${none(claims)}`;
  const publicKey = JSON.stringify(gb.jwk);
  const forgedBy = (issuer: TestIssuer) => tokenOf({ ...issuer, issuer: gb.issuer, jwk: gb.jwk }, OFFICER);
  const valid = await tokenOf(gb, OFFICER);
  return new Map<string, string | undefined>([
    ['no token', undefined],
    ['a word', 'nonsense'],
    ['a cut signature', valid.slice(0, -10)],
    ['expired', await tokenOf(gb, OFFICER, { exp: 1_000_000_000 })],
    ['not yet valid', await tokenOf(gb, OFFICER, { nbf: 3_900_000_000 })],
    ['never ending', await tokenOf(gb, OFFICER, { exp: undefined })],
    ['of another audience', await tokenOf(gb, OFFICER, { aud: 'elsewhere' })],
    ['of nobody', await tokenOf(gb, OFFICER, { sub: undefined })],
    ['of a state that is no member', await tokenOf(me, OFFICER)],
    ['of an issuer that a key’s holder made up', await forgedBy(stranger)],
    ['signed by another member', await forgedBy(al)],
    ['unsigned', `${unsigned}.`],
    [
      'signed with the public key as a secret',
      `${hs256}.${createHmac('sha256', publicKey).update(hs256).digest('base64url')}`,
    ],
    ['for keys, by a token issuer', await keyToken(gb)],
  ]);
}

/** What a node shows to deliver keys, signed by who must not. */
const keyToken = ({ privateKey }: TestIssuer) =>
  new SignJWT({})
    .setProtectedHeader({ alg: 'EdDSA', kid: 'GB-1' })
    .setIssuer('/members/GB')
    .setAudience('accord-keys')
    .setIssuedAt()
    .setExpirationTime('60s')
    .sign(privateKey);
