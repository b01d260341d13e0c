import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { BAD_BODIES, BAD_REPORTS } from './testing/bad-reports.ts';
import { BAD_REQUESTS } from './testing/bad-requests.ts';
import { reportBody } from './testing/bodies.ts';
import { runNode, type RunningNode } from './testing/running-node.ts';

const valid = JSON.stringify(reportBody());

const LINES: [name: string, line: string | Uint8Array, code: string, path: string, rule: string][] = [
  ['no JSON', '{"not json', 'invalid-request', '', 'json'],
  ['a byte order mark', `\uFEFF${valid}`, 'invalid-request', '', 'no-bom'],
  ['a key twice', valid.replace('{', '{"title":"x",'), 'invalid-request', '/title', 'duplicate-key'],
  ['a lone surrogate', valid.replace('Boats', '\\ud800'), 'invalid-request', '/title', 'well-formed'],
  ['an unknown field', JSON.stringify(reportBody({ sauce: 1 })), 'invalid-request', '/sauce', 'unknown-field'],
  ['a line of 10 MB', `"${'x'.repeat(10_000_000)}"`, 'too-large', '', 'maxLength'],
  ['a bad grading', JSON.stringify(reportBody({ grading: {} })), 'grading.invalid', '/grading/scheme', 'enum'],
];

describe('bad input', () => {
  let gb: RunningNode;
  let officer: string;
  let before: number;

  beforeAll(async () => {
    gb = await runNode();
    officer = await gb.token(['publisher', 'supervisor']);
    before = await gb.count();
  });
  afterAll(() => gb.close());

  it.each([...BAD_BODIES, ...BAD_REPORTS, ...BAD_REQUESTS])('$name ($method $path)', async (bad) => {
    const answer = await gb.call(bad.method, bad.path, { as: officer, ...bad.sent });
    expect({ status: answer.status, code: answer.json?.code }).toEqual({ status: bad.status, code: bad.code });
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    if (bad.named) expect(answer.json.errors).toContainEqual({ ...bad.named, message: expect.any(String) });
    expect(answer.text).not.toMatch(/\bat .*\.(ts|js):\d/);
    expect(await gb.count()).toBe(before);
  });

  it.each(LINES)('a line of a batch: %s', async (_name, line, code, path, rule) => {
    const headers = { 'content-type': 'application/x-ndjson' };
    const answer = await gb.call('POST', '/v1/reports:batch', { as: officer, raw: `${String(line)}\n`, headers });
    expect(answer.status).toBe(200);
    const [result, ...more] = answer.text.trim().split('\n');
    expect(more).toEqual([]);
    expect(JSON.parse(result!)).toMatchObject({ line: 1, status: 'rejected', code, errors: [{ path, rule }] });
    expect(await gb.count()).toBe(before);
  });

  it('without a token that is right now this member’s', async () => {
    const tokens = [
      undefined,
      'nonsense',
      await gb.token(['publisher', 'supervisor'], { exp: 1 }),
      await gb.token(['publisher', 'supervisor'], { iss: 'urn:accord:issuer:AL' }),
    ];
    for (const as of tokens) {
      const answer = await gb.call('POST', '/v1/reports', { ...(as && { as }), body: reportBody() });
      expect(answer).toMatchObject({ status: 401, json: { code: 'unauthenticated' } });
    }
    expect(await gb.count()).toBe(before);
  });

  it('in a state that does not allow it', async () => {
    const { json: report } = await gb.call('POST', '/v1/reports', { as: officer, body: reportBody() });
    const count = await gb.count();
    const answer = await gb.call('POST', `/v1/reports/${report.id}/recall`, { as: officer, body: { reason: 'r' } });
    expect(answer).toMatchObject({ status: 409, json: { code: 'report.not-released' } });
    expect(await gb.count()).toBe(count);
  });
});
