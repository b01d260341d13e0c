import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newSigningKey } from '#contracts';
import { released } from '../../../joint-views/src/intake/testing/said.ts';
import { TestSource, uuid } from '../../../joint-views/src/intake/testing/source.ts';
import { Home } from '../home/home.ts';
import { ensureIssuer } from '../home/issuers.ts';
import { Candidate } from './candidate.ts';
import { checkNode } from './conformance.ts';

/** A newcomer that made its event-signing key itself: this machine never had it. */
describe('the check of a node with a key of its own', () => {
  const dir = mkdtempSync(join(tmpdir(), 'accord-check-'));
  const home = new Home(dir);
  const source = new TestSource('/members/IT/conformance', null as never);
  const { kid, publicJwk: jwk } = source.key;
  const log = source.batch(released(uuid('a'))).map(({ value }) => value);
  let signingKeys: object[] = [];
  let server: Server;
  let candidate: Candidate;

  const answerTo = (path: string): [number, object] => {
    if (path === '/v1/reports') return [401, {}];
    if (path === '/v1/conformance') return [200, { source: source.source, answers: [], log, keys: {} }];
    return [
      200,
      path === '/v1/members/IT' ? { signingKeys } : { items: [{ code: 'GB', state: 'active' }], next: null },
    ];
  };

  beforeAll(async () => {
    server = createServer((request, response) => {
      const [status, body] = answerTo((request.url ?? '').split('?')[0]!);
      request.resume().on('end', () => response.writeHead(status).end(JSON.stringify(body)));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    for (const member of ['GB', 'IT']) await ensureIssuer(home, member);
    candidate = new Candidate(home, { registry: url, views: url, nodes: { GB: url, IT: url } }, 'IT', null);
  });
  afterAll(() => {
    server.close();
    rmSync(dir, { recursive: true });
  });

  const signs = async () =>
    (await checkNode(candidate)).checks.find(({ name }) => name === 'signs it with the key that it registered')?.passed;

  it('is by what the registry holds, and makes no key here', async () => {
    signingKeys = [{ kid, jwk, from: 1, until: null }];
    expect(await signs()).toBe(true);
    signingKeys = [{ kid, jwk: newSigningKey().publicJwk, from: 1, until: null }];
    expect(await signs()).toBe(false);
    expect(home.has('keys', 'signing', 'IT.json')).toBe(false);
  });
});
