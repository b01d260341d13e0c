// `node deploy/signing-key.mjs FILE FROM < member.json > body.json`: makes an event-signing key, keeps it in FILE, and
// prints what POST /v1/members/{code}/keys takes of it: its public half, the proof that one holds the other, and the issuer
// as it is registered. member.json is what GET /v1/members/{code} answers; FROM the first sequence that the key signs.
import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';

const [file, from] = process.argv.slice(2);
if (!file || !/^[1-9]\d*$/.test(from ?? '')) throw new Error('node deploy/signing-key.mjs FILE FROM < member.json');
const { code, issuer, jwks, jwksUri } = JSON.parse(readFileSync(0, 'utf8'));
const { privateKey } = generateKeyPairSync('ed25519');
const { crv, kty, x, d } = privateKey.export({ format: 'jwk' });
// RFC 7638: the thumbprint is of these, in this order.
const kid = createHash('sha256').update(JSON.stringify({ crv, kty, x })).digest('base64url');

const text = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');
const claim = `${text({ alg: 'EdDSA' })}.${text({ member: code, issuer, kid })}`;
const proof = `${claim}.${sign(null, Buffer.from(claim), privateKey).toString('base64url')}`;

const publicJwk = { kty, crv, x };
const key = { kid, publicJwk, privateJwk: { ...publicJwk, d } };
// Never over another key.
writeFileSync(file, `${JSON.stringify(key, null, 2)}\n`, { mode: 0o600, flag: 'wx' });
const keys = jwksUri === undefined ? { jwks } : { jwksUri };
const body = { issuer, ...keys, signingKey: { ...publicJwk, kid }, from: Number(from), proof };
process.stdout.write(`${JSON.stringify(body)}\n`);
