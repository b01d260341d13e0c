import { expect, it } from '@jest/globals';
import { aReport, PURPOSE } from '../../support/caller.ts';
import { bytesOf, NOBODY, refusalOf, TIME, type Life } from './life.ts';

const release = { audience: ['AL'], purposes: [PURPOSE] };

/** What a report says of people, who was shown it, and what a national system that follows the feed is told. */
export const livesAReport = ({ post, seen, settled }: Life): void => {
  const publish = async (n: string) => {
    const { json } = await post('GB', '/v1/reports', aReport(n, { release }));
    await settled('GB');
    return json as { id: string; entities: Record<'p' | 'o', string> };
  };
  const act = async (id: string, what: string, body: object) => {
    const answer = await post('GB', `/v1/reports/${id}/${what}`, body);
    await settled('GB');
    return answer;
  };
  const see = async (member: string, path: string) => (await seen(member, `/v1/${path}`)).json;

  it('shows the network that a report draws, and the report as it was amended', async () => {
    const { id, entities } = await publish('network');
    const person = { id: entities.p, schema: 'Person', caption: 'Arben Shembulli network' };
    const gang = { id: entities.o, schema: 'Organization', caption: 'Rrjeti network' };
    const graph = (subject: string) => `networks/graph?depth=1&subject=${encodeURIComponent(subject)}`;
    const edge = { source: person.id, target: gang.id, schema: 'Membership', reports: [id] };
    expect(await see('AL', graph(person.id))).toEqual({
      nodes: [person, gang].map((node) => ({ ...node, degree: 1 })),
      ...{ edges: [edge], truncated: false },
    });
    expect(bytesOf(await seen('XK', `/v1/${graph(person.id)}`))).toBe(
      bytesOf(await seen('XK', `/v1/${graph(`GB:${NOBODY}`)}`)),
    );
    const amended = { title: 'What the network does', reason: 'The first title named a source.' };
    expect((await act(id, 'amend', amended)).json).toEqual({ id, version: 3 });
    const shown = await seen('AL', `/v1/reports/${id}`);
    expect(shown.json).toMatchObject({ title: amended.title, version: 2, state: 'released' });
    expect(shown.text).not.toContain('source.');
    const said = (value: string) => [{ value, assertion: 'fact', report: id, originator: 'GB' }];
    expect(await see('AL', `subjects/${encodeURIComponent(person.id)}`)).toEqual({
      ...person,
      properties: { name: said(person.caption), nationality: said('al') },
      reports: [id],
      links: [{ schema: 'Membership', other: gang, reports: [id] }],
    });
  });

  it('tells its originator, and nobody else, who sees it and why, and who has seen it', async () => {
    const { id } = await publish('told');
    await see('AL', `reports/${id}`);
    const why = (member: string, record = id) => `explain?record=${record}&member=${member}&purpose=${PURPOSE}`;
    expect(await see('GB', why('AL'))).toMatchObject({ decision: 'permit', code: null, step: 11, obligations: ['H0'] });
    expect(await see('GB', why('XK'))).toEqual({
      ...{ decision: 'deny', code: 'not-released', step: 6, agreement: null, clause: null, obligations: [] },
    });
    const did = { member: 'AL', at: TIME, purpose: PURPOSE };
    expect((await see('GB', `audit?record=${id}`)).items).toEqual([{ id: expect.any(String), ...did }]);
    expect(await see('GB', `disclosures?record=${id}`)).toMatchObject({
      could: expect.arrayContaining([{ member: 'AL', since: TIME, until: null }]),
      did: [did],
    });
    for (const [path, missing] of [
      [why('XK'), why('XK', NOBODY)],
      [`audit?record=${id}`, `audit?record=${NOBODY}`],
      [`disclosures?record=${id}`, `disclosures?record=${NOBODY}`],
    ])
      expect(bytesOf(await seen('AL', `/v1/${path}`))).toBe(bytesOf(await seen('AL', `/v1/${missing}`)));
  });

  it('comes in the feed when it may be seen, and goes when it is recalled', async () => {
    let { next } = await see('AL', 'changes?limit=500');
    const news = async () => {
      const page = await see('AL', `changes?limit=500&cursor=${encodeURIComponent(next)}`);
      next = page.next;
      return page.items;
    };
    while ((await news()).length > 0);
    const { id } = await publish('feed');
    expect(await news()).toEqual([{ id, kind: 'upserted', category: 'intelligence' }]);
    await act(id, 'recall', { reason: 'It was wrong.' });
    expect(await news()).toEqual([{ id, kind: 'withdrawn', category: 'intelligence' }]);
    expect(await news()).toEqual([]);
  });

  it('is refused where its grading or its entities break a rule', async () => {
    const refused = async (wrong: Record<string, unknown>) =>
      refusalOf(await post('GB', '/v1/reports', aReport('wrong', wrong)));
    const grading = { scheme: '3x5x2', source: '2', information: 'F', handling: 'P' };
    expect(await refused({ grading })).toMatch(/^422 grading\.invalid \/grading\/information /);
    const entity = { id: 'p', schema: 'Person', subjectCategory: 'suspect', assertion: 'fact' };
    const misspelt = [{ ...entity, properties: { nmae: ['Arben'] } }];
    expect(await refused({ entities: misspelt })).toMatch(/^422 entity\.invalid \/entities\/0\/properties\/nmae /);
  });
};
