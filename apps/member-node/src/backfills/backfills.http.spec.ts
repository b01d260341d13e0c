import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { reportBody } from '../testing/bodies.ts';
import { runNode, type RunningNode } from '../testing/running-node.ts';

const EXTENDED = 'accord.records.audience-extended.v1';

describe('a new member and what was released before', () => {
  let gb: RunningNode;
  let officer: string;
  let all: string;
  let operation: string;

  const report = async (release: object) => {
    const purposes = ['people-smuggling'];
    const body = reportBody({ release: { purposes, ...release } });
    return (await gb.call('POST', '/v1/reports', { as: officer, body })).json as { id: string };
  };
  const backfill = (body: object, as = officer) => gb.call('POST', '/v1/backfills', { as, body });
  const extended = async () => (await gb.relayed()).filter(({ type }) => type === EXTENDED);
  const heard = async (code: string, state: string) => {
    await gb.say(code, state);
    const known = () => gb.node.taskForce.codes().includes(code) && gb.node.taskForce.stateOf(code, '');
    while (known() !== state) await new Promise((resolve) => setTimeout(resolve, 10));
  };

  beforeAll(async () => {
    gb = await runNode();
    officer = await gb.token(['publisher', 'supervisor']);
    const tearLine = { title: 'Boats', entities: [], audience: 'TASK_FORCE' };
    all = (await report({ audience: 'TASK_FORCE' })).id;
    await report({ audience: ['AL'] });
    await report({ audience: ['AL'], tearLine });
    const { id } = await report({ audience: 'TASK_FORCE' });
    await gb.call('POST', `/v1/reports/${id}/recall`, { as: officer, body: { reason: 'Wrong man' } });
    const body = {
      name: 'Operation Shembull',
      participants: ['AL'],
      purposes: ['people-smuggling'],
      area: 'Durrës',
      window: { from: '2026-01-01T00:00:00Z', to: '2026-01-02T00:00:00Z' },
      targets: [],
      classification: 'OFFICIAL',
      audience: 'TASK_FORCE',
    };
    operation = (await gb.call('POST', '/v1/operations', { as: officer, body })).json.id as string;
  });
  afterAll(() => gb.close());

  it('waits until it is active', async () => {
    const { status, json } = await backfill({ member: 'MK', since: 'all' });
    expect({ status, code: json.code }).toEqual({ status: 409, code: 'member.not-active' });
    expect((await backfill({ member: 'QQ', since: 'all' })).status).toBe(422);
    expect((await backfill({ member: 'GB', since: 'all' })).status).toBe(422);
    expect((await backfill({ member: 'MK', since: 'yesterday' })).status).toBe(400);
    expect((await gb.call('GET', '/v1/backfills/MK', { as: officer })).status).toBe(404);
  });

  it('may see nothing of it, or what came since a day', async () => {
    await heard('MK', 'active');
    expect(await backfill({ member: 'MK', since: 'none' })).toMatchObject({
      status: 201,
      json: { id: 'MK', version: 2, since: 'none', by: 'officer-1', state: 'done', records: 0 },
    });
    expect((await backfill({ member: 'MK', since: '2026-02-02' })).json).toMatchObject({ version: 4, records: 0 });
    expect(await extended()).toEqual([]);
  });

  it('may see all that was for the whole task force, once, without a trace for others', async () => {
    const before = (await gb.call('GET', '/v1/reports', { as: officer })).json;
    const { json } = await backfill({ member: 'MK', since: 'all' });
    expect(json).toMatchObject({ version: 6, state: 'done', records: 3 });
    const sent = await extended();
    expect(sent.map(({ subject }) => subject)).toEqual(expect.arrayContaining([all, operation]));
    expect(sent).toHaveLength(3);
    const { access, recordversion } = sent.find(({ subject }) => subject === all)!;
    expect(recordversion).toBeUndefined();
    expect(access).toMatchObject({ audience: ['AL', 'MK', 'XK'], taskforce: true, registrysequence: 6 });
    const updatedAt = (list: { items: { id: string; updatedAt: string }[] }) =>
      list.items.map((item) => [item.id, item.updatedAt]);
    expect(updatedAt((await gb.call('GET', '/v1/reports', { as: officer })).json)).toEqual(updatedAt(before));
    const count = await gb.count();
    expect((await backfill({ member: 'MK', since: 'all' })).json).toEqual(json);
    expect(await gb.count()).toBe(count);
    const amended = await gb.call('POST', `/v1/reports/${all}/amend`, {
      as: officer,
      body: { title: 'Two boats', reason: 'Seen again' },
    });
    expect(amended.status).toBe(200);
    expect((await gb.relayed()).at(-1)).toMatchObject({ recordversion: 2, access: { audience: ['AL', 'MK', 'XK'] } });
  });

  it('goes on at the next start where it broke off', async () => {
    await heard('ME', 'active');
    gb.faults.afterAppend = 1;
    // The choice is stored, and the first batch too, but nobody knows.
    const broken = await backfill({ member: 'ME', since: 'all' });
    expect(broken.json).toMatchObject({ state: 'running' });
    await gb.restart();
    let told = await gb.call('GET', '/v1/backfills/ME', { as: officer });
    while (told.json?.state !== 'done') told = await gb.call('GET', '/v1/backfills/ME', { as: officer });
    const ofMontenegro = (await extended()).filter(({ access }) => access!.audience.includes('ME'));
    expect(ofMontenegro).toHaveLength(3);
    expect(new Set(ofMontenegro.map(({ subject }) => subject)).size).toBe(3);
  });
});
