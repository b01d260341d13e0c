import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { Home } from '../home/home.ts';
import { ensureIssuer } from '../home/issuers.ts';
import { verifyCommand } from './verify.command.ts';

const WRONG = { chain: '/members/GB', line: 3, reason: 'other-bytes' };
const HEAD = { number: 7, hash: 'a'.repeat(64), at: '2026-03-01T00:00:00.000Z' };
/** Where nobody listens. */
const NOWHERE = 'http://127.0.0.1:1';

describe('accord verify', () => {
  const home = new Home(mkdtempSync(join(tmpdir(), 'accord-verify-')));
  let server: Server;
  let url = '';
  let findings: object[] = [];
  let compared = '';

  beforeAll(async () => {
    await ensureIssuer(home, null);
    server = createServer((request, response) => {
      if (request.url === '/v1/audit/heads') return void response.end(JSON.stringify({ items: [HEAD] }));
      compared = '';
      request.on('data', (chunk: Buffer) => (compared += chunk.toString()));
      request.on('end', () => response.end(JSON.stringify({ id: '1', state: 'done', total: 40, findings })));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterEach(() => void jest.restoreAllMocks());
  afterAll(() => {
    server.close();
    rmSync(home.dir, { recursive: true });
  });

  const verify = async (al: string, found: object[], ...options: string[]) => {
    findings = found;
    home.writeJson({ registry: url, views: url, nodes: { GB: url, AL: al } }, 'endpoints.json');
    const said: string[] = [];
    jest.spyOn(process.stdout, 'write').mockImplementation((text) => said.push(String(text)) > 0);
    const warned = jest.spyOn(console, 'error').mockImplementation(() => undefined);
    const before = process.exitCode;
    process.exitCode = undefined;
    try {
      await verifyCommand().parseAsync(['--data', home.dir, ...options], { from: 'user' });
      return { exit: process.exitCode ?? 0, said: said.join(''), warned: warned.mock.calls.flat().join() };
    } finally {
      process.exitCode = before;
    }
  };

  it('exits with 0 where all was checked and nothing is wrong', async () => {
    expect(await verify(url, [])).toEqual({ exit: 0, said: '40 lines, 0 wrong\n', warned: '' });
    expect(JSON.parse(compared)).toMatchObject({ heads: [{ member: 'GB', number: 7 }, { member: 'AL' }] });
  });

  it('exits with 1 where a line is wrong, and names it', async () => {
    expect(await verify(url, [WRONG])).toMatchObject({
      exit: 1,
      said: '/members/GB line 3: other-bytes\n40 lines, 1 wrong\n',
    });
  });

  it('exits with 2 where nothing is wrong, but a node was silent, and names its member', async () => {
    expect(await verify(NOWHERE, [])).toMatchObject({
      ...{ exit: 2, warned: expect.stringContaining("AL's node does not answer") },
      said: "40 lines, 0 wrong; not compared with a node's: AL\n",
    });
    expect(JSON.parse(compared)).toMatchObject({ heads: [{ member: 'GB' }] });
    const { exit, said } = await verify(NOWHERE, [], '--json');
    expect([exit, JSON.parse(said)]).toEqual([2, { lines: 40, findings: [], silent: ['AL'] }]);
  });

  it('exits with 1 where a line is wrong and a node was silent', async () => {
    expect((await verify(NOWHERE, [WRONG])).exit).toBe(1);
  });
});
