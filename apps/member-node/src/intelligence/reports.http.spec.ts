import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { person, reportBody } from '../testing/bodies.ts';
import { runNode, type RunningNode } from '../testing/running-node.ts';

describe('reports over HTTP', () => {
  let gb: RunningNode;
  let officer: string;
  let publisher: string;

  beforeAll(async () => {
    gb = await runNode();
    officer = await gb.token(['publisher', 'supervisor']);
    publisher = await gb.token(['publisher']);
  });
  afterAll(() => gb.close());

  const submit = (body: object, as = officer, headers?: Record<string, string>) =>
    gb.call('POST', '/v1/reports', { as, body, ...(headers && { headers }) });
  const act = (id: string, what: string, body: object, as = officer, headers?: Record<string, string>) =>
    gb.call('POST', `/v1/reports/${id}/${what}`, { as, body, ...(headers && { headers }) });

  it('submits, and names the entities', async () => {
    const answer = await submit(reportBody(), publisher);
    expect(answer.text).toContain('"version":1');
    expect(answer.status).toBe(201);
    expect(answer.headers.get('location')).toBe(`/v1/reports/${answer.json.id}`);
    expect(Object.keys(answer.json.entities)).toEqual(['p', 'o', 'm']);
    expect(answer.json.entities.p).toMatch(/^GB:[\da-f-]{36}$/);
    expect((await gb.relayed()).filter(({ subject }) => subject === answer.json.id)).toEqual([]);
  });

  it('releases what was submitted, to the audience named', async () => {
    const { json } = await submit(reportBody());
    const released = await act(json.id, 'release', { audience: ['XK', 'AL'], purposes: ['people-smuggling'] });
    expect(released).toMatchObject({ status: 200, json: { id: json.id, version: 2 } });
    const sent = (await gb.relayed()).find(({ subject }) => subject === json.id)!;
    expect(sent).toMatchObject({
      type: 'accord.intelligence.report-released.v1',
      recordversion: 1,
      access: { audience: ['AL', 'XK'], taskforce: false, purposes: ['people-smuggling'], classification: 'OFFICIAL' },
      opened: { shield: [], content: { title: 'Boats bought for the Channel route' } },
    });
    expect(sent.opened!.content!['entities']).toHaveLength(3);
  });

  it('keeps a claim at home, and the record from the country of origin', async () => {
    const victim = person(
      'v',
      { name: ['Test Viktimë'], nationality: ['al'] },
      { subjectCategory: 'victim', protectionClaim: true },
    );
    const release = { audience: 'TASK_FORCE', purposes: ['people-smuggling'] };
    const { json } = await submit(reportBody({ entities: [victim], release }));
    expect(json.version).toBe(2);
    const sent = (await gb.relayed()).find(({ subject }) => subject === json.id)!;
    expect(sent.access).toMatchObject({ audience: ['AL', 'XK'], taskforce: true, registrysequence: 5 });
    expect(sent.opened!.shield).toEqual(['al']);
    expect(JSON.stringify(sent.opened)).not.toMatch(/protection/i);
  });
});
