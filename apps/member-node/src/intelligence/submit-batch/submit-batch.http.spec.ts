import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { reportBody } from '../../testing/bodies.ts';
import { runNode, type RunningNode } from '../../testing/running-node.ts';
import type { LineResult } from '../../http/ndjson/answer-lines.ts';

describe('a batch over HTTP', () => {
  let gb: RunningNode;
  let officer: string;

  beforeAll(async () => {
    gb = await runNode();
    officer = await gb.token(['publisher', 'supervisor']);
  });
  afterAll(() => gb.close());

  const release = { audience: 'TASK_FORCE', purposes: ['people-smuggling'] };
  const line = (n: number, over: object = {}) => JSON.stringify(reportBody({ externalId: `B-${n}`, release, ...over }));
  const send = async (raw: string | Uint8Array, as = officer, headers: Record<string, string> = {}) => {
    const answer = await gb.call('POST', '/v1/reports:batch', {
      as,
      raw,
      headers: { 'content-type': 'application/x-ndjson', ...headers },
    });
    const lines = answer.text.split('\n').filter((text) => text !== '');
    return { ...answer, results: answer.status === 200 ? lines.map((text) => JSON.parse(text) as LineResult) : [] };
  };

  it('answers each line, and the same again for the same lines', async () => {
    const lines = Array.from({ length: 1200 }, (_, n) => line(n));
    lines[10] = '{"not json';
    lines[500] = JSON.stringify({ title: 'no grading' });
    const first = await send(lines.join('\n'));
    expect(first.status).toBe(200);
    expect(first.results.map((one) => one.line)).toEqual(lines.map((_, n) => n + 1));
    const rejected = first.results.filter(({ status }) => status === 'rejected');
    expect(rejected.map((one) => one.line)).toEqual([11, 501]);
    expect(first.results[0]).toEqual({ line: 1, status: 'accepted', id: expect.any(String), version: 2 });
    const count = await gb.count();
    const again = await send(lines.join('\r\n'));
    expect(again.results).toEqual(first.results);
    expect(await gb.count()).toBe(count);
  });

  it('keeps a line that is too large out, and goes on after it', async () => {
    const huge = `{"title":"${'x'.repeat(10 * 1024 * 1024)}"}`;
    const { results } = await send([line(5000), huge, line(5001)].join('\n'));
    expect(results).toMatchObject([
      { line: 1, status: 'accepted' },
      { line: 2, status: 'rejected', code: 'too-large', errors: [{ rule: 'maxLength' }] },
      { line: 3, status: 'accepted' },
    ]);
  });

  it('counts blank lines without answering them, and answers an empty file with nothing', async () => {
    expect((await send(`\n\n${line(6000)}\n \n`)).results).toMatchObject([{ line: 3, status: 'accepted' }]);
    expect(await send('')).toMatchObject({ status: 200, text: '' });
    expect(await send('\n')).toMatchObject({ status: 200, text: '' });
  });

  it('takes the same external id twice in one batch as one report', async () => {
    const { results } = await send([line(7000), line(7000), line(7000, { title: 'Another' })].join('\n'));
    expect(results[1]).toMatchObject({ status: 'accepted', id: (results[0] as { id: string }).id });
    expect(results[2]).toMatchObject({ status: 'rejected', code: 'external-id-reused' });
  });

  it('appends nothing twice under an Idempotency-Key either', async () => {
    const lines = `${JSON.stringify(reportBody())}\n${JSON.stringify(reportBody())}`;
    const first = await send(lines, officer, { 'idempotency-key': 'batch-1' });
    const count = await gb.count();
    expect(new Set(first.results.map((one) => (one as { id: string }).id)).size).toBe(2);
    expect((await send(lines, officer, { 'idempotency-key': 'batch-1' })).results).toEqual(first.results);
    expect(await gb.count()).toBe(count);
  });

  it('lets a publisher submit, and not release', async () => {
    const publisher = await gb.token(['publisher']);
    const { results } = await send([line(8000), line(8001, { release: undefined })].join('\n'), publisher);
    expect(results).toMatchObject([
      { line: 1, status: 'rejected', code: 'forbidden' },
      { line: 2, status: 'accepted', version: 1 },
    ]);
  });

  it('stops at the line that is one too many', async () => {
    const { results } = await send(`${'\n'.repeat(100_000)}${line(9000)}\n${line(9001)}\n`);
    expect(results).toEqual([
      { line: 100_001, status: 'rejected', code: 'too-large', errors: [expect.objectContaining({ rule: 'maxLines' })] },
    ]);
  });

  it('loses no accepted line with its connection', async () => {
    const lines = Array.from({ length: 10 }, (_, n) => `${line(9100 + n)}\n`);
    const accepted = await untilCutOff(gb.base, officer, lines, line(9110).slice(0, 50));
    expect(accepted).toHaveLength(10);
    const again = await send(lines.join(''));
    expect(again.results).toEqual(accepted);
  });
});

/** Sends lines and half a line, reads the answers to the whole ones, and is gone. */
const untilCutOff = (base: string, as: string, lines: readonly string[], half: string): Promise<LineResult[]> =>
  new Promise((resolve, reject) => {
    const headers = { authorization: `Bearer ${as}`, 'content-type': 'application/x-ndjson' };
    const sending = request(`${base}/v1/reports:batch`, { method: 'POST', headers }, (answer) => {
      let text = '';
      answer.on('data', (chunk: Buffer) => {
        text += chunk.toString('utf8');
        const results = text.split('\n').slice(0, -1);
        if (results.length < lines.length) return;
        sending.destroy();
        resolve(results.map((result) => JSON.parse(result) as LineResult));
      });
      answer.on('error', () => undefined);
    });
    sending.on('error', reject);
    for (const one of lines) sending.write(one);
    sending.write(half);
  });
