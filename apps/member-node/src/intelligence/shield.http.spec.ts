import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { person, reportBody } from '../testing/bodies.ts';
import { runNode, type RunningNode } from '../testing/running-node.ts';

describe('the shield', () => {
  let gb: RunningNode;
  let officer: string;
  let publisher: string;

  beforeAll(async () => {
    gb = await runNode();
    officer = await gb.token(['publisher', 'supervisor']);
    publisher = await gb.token(['publisher']);
  });
  afterAll(() => gb.close());

  const submit = (body: object, as = officer) => gb.call('POST', '/v1/reports', { as, body });
  const release = { audience: 'TASK_FORCE', purposes: ['people-smuggling'] };
  const shields = async (id: string) =>
    (await gb.relayed()).filter(({ subject, opened }) => subject === id && opened).map(({ opened }) => opened!.shield);

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

  it('shields what was released before a claim became known, before it answers', async () => {
    const victim = person('v', { name: ['Test Viktimë'], nationality: ['xk'], passportNumber: ['P7654321'] });
    const release = { audience: 'TASK_FORCE', purposes: ['people-smuggling'] };
    const before = await submit(reportBody({ entities: [victim], release }));
    const linked = await submit(
      reportBody({
        entities: [
          { id: 'o', schema: 'Organization', properties: { name: ['Rrjeti'] }, assertion: 'fact' },
          {
            id: 'm',
            schema: 'Membership',
            properties: { member: [before.json.entities.v], organization: ['o'] },
            assertion: 'fact',
          },
        ],
        release,
      }),
    );
    const claim = person(
      'w',
      { passportNumber: ['P 765-4321'], name: ['T. Viktimë'] },
      { protectionClaim: { persecutors: ['rs'] } },
    );
    await submit(reportBody({ entities: [claim] }), publisher);
    for (const { json } of [before, linked]) {
      const sent = (await gb.relayed()).filter(({ subject }) => subject === json.id);
      expect(sent[1]).toMatchObject({ type: 'accord.records.record-reshielded.v1', opened: { shield: ['rs', 'xk'] } });
    }
    const shown = await gb.call('GET', `/v1/reports/${before.json.id}`, { as: publisher });
    expect(shown.json).toMatchObject({ shield: ['rs', 'xk'], version: 3, state: 'released' });
  });

  it('is everyone where a claim is known and no nationality, until the end', async () => {
    const nameless = person('v', { name: ['Viktimë'], idNumber: ['A-100200'] }, { protectionClaim: true });
    const { json } = await submit(reportBody({ entities: [nameless], release }));
    await submit(reportBody({ entities: [person('w', { name: ['V.'], idNumber: ['A100200'], nationality: ['me'] })] }));
    expect(await shields(json.id)).toEqual(['ALL']);
  });

  it('takes a nationality that another report knows', async () => {
    await submit(reportBody({ entities: [person('w', { name: ['V.'], idNumber: ['B100200'], nationality: ['me'] })] }));
    const claim = person('v', { name: ['Viktimë'], idNumber: ['B-100200'] }, { protectionClaim: true });
    const { json } = await submit(reportBody({ entities: [claim], release }));
    expect(await shields(json.id)).toEqual([['me']]);
  });

  it('does not mix the people of one record', async () => {
    const claim = person('v', { name: ['Viktimë'] }, { protectionClaim: true });
    const other = person('s', { name: ['Arben Shembulli'], nationality: ['al'] });
    const { json } = await submit(reportBody({ entities: [claim, other], release }));
    expect(await shields(json.id)).toEqual(['ALL']);
  });

  it('reaches a record through a chain of identifiers, also within one batch', async () => {
    const line = (externalId: string, properties: object, over: object = {}, more: object = {}) =>
      JSON.stringify(
        reportBody({ externalId, entities: [person('p', { name: ['X'], ...properties }, over)], ...more }),
      );
    const raw = [
      line('S-1', { passportNumber: ['C111111'], nationality: ['mk'] }, {}, { release }),
      line('S-2', { passportNumber: ['C111111'], idNumber: ['D222222'] }),
      line('S-3', { idNumber: ['D222222'] }, { protectionClaim: true }),
    ].join('\n');
    const headers = { 'content-type': 'application/x-ndjson' };
    const answer = await gb.call('POST', '/v1/reports:batch', { as: officer, raw, headers });
    const first = JSON.parse(answer.text.split('\n')[0]!) as { id: string };
    expect((await shields(first.id)).at(-1)).toEqual(['mk']);
  });

  it('remembers a claim, and whom it named, when an amendment or a new tear line leaves them out', async () => {
    const claim = { nationality: ['al'], passportNumber: ['E111111'] };
    const victim = person('v', { name: ['Viktimë'], ...claim }, { protectionClaim: { persecutors: ['rs'] } });
    const first = await submit(reportBody({ entities: [victim] }));
    const others = [person('s', { name: ['Arben Shembulli'], nationality: ['xk'] })];
    const tearLine = { title: 'Less', audience: 'TASK_FORCE', entities: [] as object[] };
    const amend = (entities: object[]) =>
      gb.call('POST', `/v1/reports/${first.json.id}/amend`, { as: officer, body: { entities, reason: 'r' } });
    expect((await amend([person('v', { name: ['Viktimë'], nationality: ['me'] })])).status).toBe(200);
    expect((await amend(others)).status).toBe(200);
    const again = reportBody({ entities: [person('w', { name: ['V.'], passportNumber: ['E 111-111'] })], release });
    expect(await shields((await submit(again)).json.id)).toEqual([['al', 'me', 'rs']]);

    const second = await submit(reportBody({ entities: others }));
    const at = `/v1/reports/${second.json.id}/release`;
    const hidden = person(
      't',
      { name: ['T.'], passportNumber: ['E222222'], nationality: ['mk'] },
      { protectionClaim: true },
    );
    for (const entities of [[hidden], others])
      expect(
        (await gb.call('POST', at, { as: officer, body: { ...release, tearLine: { ...tearLine, entities } } })).status,
      ).toBe(200);
    const later = reportBody({ entities: [person('w', { name: ['T.'], passportNumber: ['E222222'] })], release });
    expect(await shields((await submit(later)).json.id)).toEqual([['mk']]);
  });

  it('tells nobody that a claim was the only thing that changed', async () => {
    const plain = person('v', { name: ['Viktimë'], nationality: ['al'], passportNumber: ['F333333'] });
    const { json } = await submit(reportBody({ entities: [plain], release }));
    const amended = await gb.call('POST', `/v1/reports/${json.id}/amend`, {
      as: officer,
      body: { entities: [{ ...plain, protectionClaim: true }], reason: 'r' },
    });
    expect(amended).toMatchObject({ status: 200, json: { version: 3 } });
    const sent = (await gb.relayed()).filter(({ subject }) => subject === json.id);
    expect(sent.slice(1)).toMatchObject([{ type: 'accord.records.record-reshielded.v1', opened: { shield: ['al'] } }]);
    expect(sent[1]!.recordversion).toBeUndefined();
  });
});
