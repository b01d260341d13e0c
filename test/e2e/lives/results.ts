import { expect, it } from '@jest/globals';
import { notice, refusalOf, toldOf, type Life } from './life.ts';

const FOR = 'people-smuggling';
const QUARTER = '2019-Q2';
const at = '2019-05-01T05:00:00Z';
const release = { audience: ['AL'], purposes: [FOR] };
const none = { arrests: 0, rescued: 0, seizures: [], returns: 0, documentsStopped: 0, hitsConfirmed: 0 };
const plan = {
  ...{ name: 'Operation Sum', participants: ['AL'], purposes: [FOR], area: 'Vlorë', targets: [] },
  ...{ window: { from: '2019-05-01T00:00:00Z', to: '2019-05-02T00:00:00Z' }, classification: 'OFFICIAL' },
};
const loci = {
  ...{ vWA: ['15', '19'], TH01: ['8', '9'], D21S11: ['28', '33.2'], FGA: ['19', '23'] },
  ...{ D8S1179: ['11', '15'], D3S1358: ['18', '19'], D18S51: ['15', '18'] },
};

/** What the systems do comes together in one table, for as long as the record that tells of it is there. */
export const livesResults = (life: Life): void => {
  const { post, own, seen, settled } = life;
  const act = async (member: string, path: string, body: object = {}) => {
    const answer = await post(member, `/v1/${path}`, body);
    await settled(member);
    return answer;
  };
  const results = async (query: string, member = 'AL', purpose = FOR) =>
    (await seen(member, `/v1/results?${query}`, purpose)).json;
  const table = (query: string) => seen('AL', `/v1/results?${query}`, FOR, { headers: { accept: 'text/csv' } });

  it('adds up what an operation and a return come to, as a table and as CSV', async () => {
    const { id } = (await act('GB', 'operations', plan)).json;
    // A member without a part in it is told that its word counts for nothing.
    await act('XK', `operations/${id}/approve`);
    expect(await toldOf(life, 'XK', id)).toEqual([notice('claim-void', id)]);
    await post('AL', `/v1/operations/${id}/approve`, {});
    await post('GB', `/v1/operations/${id}/launch`, {});
    await act('AL', `operations/${id}/arrests`, { count: 2, at, place: 'Vlorë', offence: 'people smuggling' });
    const boats = { kind: 'boat', quantity: 2, unit: 'item' };
    await post('GB', `/v1/operations/${id}/seizures`, { ...boats, value: { amount: '900.50', currency: 'GBP' }, at });
    await post('GB', `/v1/operations/${id}/rescues`, { count: 5, at, place: 'Vlorë' });
    await act('GB', `operations/${id}/conclude`, { outcome: 'Two boats less.' });
    expect((await seen('AL', `/v1/operations/${id}`)).json).toMatchObject({
      ...{ lead: 'GB', state: 'concluded', participants: [{ member: 'AL', approved: true }] },
      ...{ outcome: 'Two boats less.', results: { arrests: 2, rescued: 5, seizures: [boats] } },
    });
    expect((await seen('XK', `/v1/operations/${id}`)).status).toBe(404);

    const person = { schema: 'Person', properties: { name: ['Ana Provë'], nationality: ['al'] } };
    const opened = { person, returnTo: 'AL', appeals: 'exhausted', evidence: 'A copy.', release };
    const { json: returned } = await post('GB', '/v1/returns', opened);
    for (const what of ['schedule', 'complete']) await post('GB', `/v1/returns/${returned.id}/${what}`, { at });
    await settled('GB');
    const albania = { ...none, member: 'AL', quarter: QUARTER, arrests: 2 };
    const britain = { ...none, member: 'GB', quarter: QUARTER, rescued: 5, seizures: [boats], returns: 1 };
    expect(await results(`quarter=${QUARTER}`)).toEqual({ items: [albania, britain] });
    expect(await results(`quarter=${QUARTER}`, 'XK')).toEqual({ items: [] });
    expect(await results(`quarter=${QUARTER}`, 'AL', 'statistics')).toEqual({ items: [] });
    const csv = await table(`quarter=${QUARTER}`);
    expect(csv.headers.get('content-type')).toMatch(/^text\/csv/);
    expect(csv.text.split('\r\n')).toEqual([
      'quarter,member,result,kind,unit,quantity',
      `${QUARTER},AL,arrests,,,2`,
      `${QUARTER},GB,rescues,,,5`,
      `${QUARTER},GB,returns,,,1`,
      `${QUARTER},GB,seizures,boat,item,2`,
      '',
    ]);
    await act('GB', `returns/${returned.id}/recall`, { reason: 'It was another person.' });
    await act('GB', `operations/${id}/recall`, { reason: 'It never took place.' });
    expect(await results(`quarter=${QUARTER}&member=GB`)).toEqual({ items: [] });
    await act('GB', `operations/${id}/erase`, { reason: 'It never took place.' });
    const kept = await own('GB', `/v1/operations/${id}`);
    expect(kept.json).toMatchObject({ state: 'erased' });
    expect(kept.text).not.toContain(plan.name);
  });

  it('counts a document in the register and a hit that was confirmed, until they are no more', async () => {
    const alert = { number: 'DEMO999', type: 'visa', issuingState: 'AL', status: 'forged', since: '2026-01-15' };
    const { id } = (await act('GB', 'document-alerts', { ...alert, release })).json;
    const profile = { loci, release: { audience: 'TASK_FORCE', purposes: [FOR] } };
    await act('AL', 'dna/profiles', { ...profile, reference: 'AL-SUM', kind: 'reference' });
    await act('GB', 'dna/profiles', { ...profile, reference: 'GB-SUM', kind: 'trace' });
    const { items } = (await seen('GB', '/v1/dna/hits', FOR)).json;
    const hit = items.find(({ own }: { own: string }) => own === 'GB-SUM').id;
    const { releasedAt } = (await seen('AL', `/v1/document-alerts/${id}`)).json;
    const quarter = `${releasedAt.slice(0, 4)}-Q${Math.ceil(Number(releasedAt.slice(5, 7)) / 3)}`;
    const line = { ...none, member: 'GB', quarter, documentsStopped: 1 };
    const told = async () => (await results(`quarter=${quarter}&member=GB`)).items;
    expect(await told()).toEqual([line]);
    await act('GB', `dna/hits/${hit}/confirm`);
    expect(await told()).toEqual([{ ...line, hitsConfirmed: 1 }]);
    const csv = (await table(`quarter=${quarter}&member=GB`)).text;
    expect(csv).toContain(`${quarter},GB,documents-stopped,forged,document,1\r\n${quarter},GB,hits-confirmed,`);
    await act('GB', `dna/hits/${hit}/dismiss`, { reason: 'A twin.' });
    expect(await told()).toEqual([line]);
    await act('GB', `document-alerts/${id}/withdraw`);
    expect(await told()).toEqual([]);
  });

  it('refuses a quarter that no year has', async () => {
    const answer = await seen('AL', '/v1/results?quarter=2019-Q5', FOR);
    expect(refusalOf(answer)).toMatch(/^400 invalid-request \/quarter /);
  });
};
