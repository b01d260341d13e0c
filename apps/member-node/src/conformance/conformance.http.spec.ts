import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readPlaced } from '#contracts';
import { reportBody } from '../testing/bodies.ts';
import { runNode, type RunningNode } from '../testing/running-node.ts';

describe('a node that is checked', () => {
  let gb: RunningNode;
  const release = { audience: 'TASK_FORCE', purposes: ['people-smuggling'] };
  const requests = [
    { method: 'POST', path: '/v1/reports', body: reportBody({ release }) },
    { method: 'POST', path: '/v1/reports/{{0.id}}/recall', body: { reason: 'Checked' } },
    { method: 'POST', path: '/v1/reports', body: {} },
  ];
  const check = async (body: object = { requests }, ...roles: string[]) =>
    gb.call('POST', '/v1/conformance', { as: await gb.token(['admin', 'publisher', 'supervisor', ...roles]), body });

  beforeAll(async () => {
    gb = await runNode();
  });
  afterAll(() => gb.close());

  it('is not, once its member is active', async () => {
    expect(await check()).toMatchObject({ status: 409, json: { code: 'member.not-keys-registered' } });
  });

  it('releases on a source of its own, and nothing of it stays or leaves', async () => {
    await gb.say('GB', 'keys-registered');
    while (gb.node.taskForce.ownState() !== 'keys-registered') await new Promise((resolve) => setTimeout(resolve, 10));
    const before = await gb.count();
    const { status, json } = await check();
    expect(status).toBe(200);
    expect(json.answers.map((answer: { status: number }) => answer.status)).toEqual([201, 200, 400]);
    const said = (json.log as string[]).map((text) => readPlaced(text));
    expect(said.map(({ source, type }) => [source, type])).toEqual([
      ['/members/GB/conformance', 'accord.intelligence.report-released.v1'],
      ['/members/GB/conformance', 'accord.records.record-recalled.v1'],
    ]);
    expect(Object.keys(json.keys)).toEqual([json.answers[0].body.id]);
    expect(await gb.count()).toBe(before);
    expect(gb.taker.keys.size).toBe(0);
    expect(await gb.relayed()).toEqual([]);
  });

  it('is asked for what there is, of records alone', async () => {
    expect((await check({ requests: [{ method: 'GET', path: '/metrics' }] })).status).toBe(400);
    expect((await check({})).status).toBe(400);
  });
});
