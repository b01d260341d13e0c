import { describe, expect, it } from '@jest/globals';
import { checkIssuer, httpHostsOf } from './issuers.ts';

const x = '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo';
const jwks = { keys: [{ kty: 'OKP', crv: 'Ed25519', x }] };
const issuer = 'https://id.example.org/realms/GB';
const check = (written: unknown, hosts = '127.0.0.1,keycloak') =>
  checkIssuer('ISSUER_FILE', written, httpHostsOf({ ISSUER_HTTP_HOSTS: hosts }));

describe('an issuer’s file', () => {
  it.each([
    [{ issuer: 'urn:accord:issuer:GB', jwks }],
    [{ issuer, jwksUri: `${issuer}/certs` }],
    [{ issuer, jwksUri: 'http://127.0.0.1:8080/certs' }],
    [{ issuer, jwksUri: 'http://keycloak:8080/certs' }],
  ])('holds an issuer, and its keys or where they are: %j', (written) => {
    expect(check({ ...written, member: 'AL', name: 'more' })).toEqual(written);
  });

  it.each([
    [null, '"issuer" is missing'],
    [{ jwks }, '"issuer" is missing'],
    [{ issuer: '', jwks }, '"issuer" is missing'],
    [{ issuer }, 'either "jwks" or "jwksUri"'],
    [{ issuer, jwks, jwksUri: `${issuer}/certs` }, 'either "jwks" or "jwksUri"'],
    [{ issuer, jwks: null }, 'no Ed25519 key'],
    [{ issuer, jwks: { keys: [] } }, 'no Ed25519 key'],
    [{ issuer, jwks: { keys: [{ kty: 'RSA' }] } }, 'no Ed25519 key'],
    [{ issuer, jwksUri: 7 }, 'https URL'],
    [{ issuer, jwksUri: '/certs' }, 'https URL'],
    [{ issuer, jwksUri: 'http://id.example.org/certs' }, 'https URL'],
    [{ issuer, jwksUri: 'ftp://127.0.0.1/certs' }, 'https URL'],
  ])('%j is refused by the name of its setting', (written, message) => {
    expect(() => check(written)).toThrow(message);
    expect(() => check(written)).toThrow('ISSUER_FILE');
  });

  it('is taken from this machine over plain http no more where the setting names no host of it', () => {
    expect(() => check({ issuer, jwksUri: 'http://127.0.0.1:8080/certs' }, 'none')).toThrow('https URL');
  });
});
