import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { thumbprint, type SigningKey } from '#contracts';
import { checkProof } from '../../apps/registry/src/members/register-keys/proof.ts';

const SCRIPT = join(process.cwd(), 'deploy/signing-key.mjs');
const MEMBER = { code: 'GB', issuer: 'urn:test:GB', jwks: { keys: [{ kty: 'OKP' }] }, state: 'active' };

/** What a member makes to change its event-signing key: docs/operating.md. */
describe('deploy/signing-key.mjs', () => {
  const dir = mkdtempSync(join(tmpdir(), 'accord-key-'));
  const file = join(dir, 'key.json');
  const make = (member: object) => {
    const made = execFileSync(process.execPath, [SCRIPT, file, '812'], { input: JSON.stringify(member) });
    return JSON.parse(made.toString()) as Record<string, unknown> & { signingKey: { x: string; kid: string } };
  };
  afterAll(() => rmSync(dir, { recursive: true }));

  it('makes what the registry takes, and what a node signs with', async () => {
    const { signingKey, proof, ...rest } = make(MEMBER);
    expect(rest).toEqual({ issuer: MEMBER.issuer, jwks: MEMBER.jwks, from: 812 });
    const claimed = { member: 'GB', issuer: MEMBER.issuer, kid: signingKey.kid };
    await checkProof(proof as string, signingKey as never, claimed);
    const { kid, publicJwk, privateJwk } = JSON.parse(readFileSync(file, 'utf8')) as SigningKey;
    expect([kid, publicJwk.x, privateJwk.x]).toEqual([thumbprint(publicJwk), signingKey.x, signingKey.x]);
    expect(statSync(file).mode & 0o077).toBe(0);
  });

  it('never writes over a key', () => {
    const before = readFileSync(file, 'utf8');
    const { status } = spawnSync(process.execPath, [SCRIPT, file, '1'], { input: JSON.stringify(MEMBER) });
    expect(status).not.toBe(0);
    expect(readFileSync(file, 'utf8')).toBe(before);
  });
});
