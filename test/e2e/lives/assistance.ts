import { expect, it } from '@jest/globals';
import { asRecord, notice, refusalOf, TIME, toldOf, type Life } from './life.ts';

const FOR = 'organised-crime';
const release = { audience: ['AL'], purposes: [FOR] };
const pledge = {
  receiver: 'AL',
  kind: 'money',
  item: 'Forensics programme',
  amount: '10.00',
  currency: 'GBP',
  release,
};
const machines = { receiver: 'AL', kind: 'equipment', item: 'forgery-detection machine', quantity: 2 };

/** Help of a donor, from the pledge until it is taken back. */
export const livesAssistance = (life: Life): void => {
  const { post, own, seen, settled } = life;
  const act = async (id: string, what: string, body: object = {}) => {
    const answer = await post('GB', `/v1/assistance/${id}/${what}`, body);
    await settled('GB');
    return answer;
  };
  const helped = (member: string, id: string) => seen(member, `/v1/assistance/${id}`, FOR);
  const given = async (member: string) =>
    (await seen(member, '/v1/assistance/totals?donor=GB&receiver=AL', FOR)).json.items;
  const of = { donor: 'GB', receiver: 'AL', year: expect.any(Number) };

  it('lets a donor help another member, and draw no more than it pledged', async () => {
    const { json: fund } = await post('GB', '/v1/assistance', pledge);
    const draw = (amount: string) => act(fund.id, 'draw', { amount, for: 'DNA kits' });
    const answers = [(await draw('9.99')).json, refusalOf(await draw('0.02'))];
    expect(answers).toEqual([{ id: fund.id, version: 3, drawn: '9.99' }, '422 assistance.overdrawn /amount pledge']);
    expect((await helped('AL', fund.id)).json).toMatchObject({
      ...{ donor: 'GB', amount: '10.00', drawn: '9.99', state: 'pledged' },
      draws: [{ amount: '9.99', for: 'DNA kits', at: TIME }],
    });
    expect((await helped('XK', fund.id)).status).toBe(404);
    expect(await given('AL')).toEqual([{ ...of, kind: 'money', amount: '10.00', drawn: '9.99', currency: 'GBP' }]);
    expect(await given('XK')).toEqual([]);
    await act(fund.id, 'deliver');
    await act(fund.id, 'retire');
    expect((await helped('AL', fund.id)).json).toMatchObject({ state: 'retired', deliveredAt: TIME });
    expect(refusalOf(await draw('0.01'))).toBe('409 assistance.retired');
    await act(fund.id, 'recall', { reason: 'test' });
    expect((await helped('AL', fund.id)).status).toBe(404);
    expect(await given('AL')).toEqual([]);
    expect(await toldOf(life, 'AL', fund.id)).toEqual([notice('recall', fund.id)]);
    await act(fund.id, 'erase', { reason: 'test' });
    const kept = await own('GB', `/v1/assistance/${fund.id}`);
    expect(kept.json).toMatchObject({ state: 'erased' });
    expect(kept.text).not.toContain(pledge.item);
  });

  it('delivers machines, which are put in use and retired', async () => {
    const { id } = (await post('GB', '/v1/assistance', machines)).json;
    await settled('GB');
    expect((await helped('AL', id)).status).toBe(404);
    expect((await act(id, 'release', release)).json).toEqual({ id, version: 2 });
    const pledged = { id, donor: 'GB', ...machines, state: 'pledged', pledgedAt: TIME };
    expect((await helped('AL', id)).json).toEqual({ ...pledged, ...asRecord(1, FOR) });
    for (const [n, [step, state]] of Object.entries({
      deliver: 'delivered',
      'put-in-use': 'in-use',
      retire: 'retired',
    }).entries()) {
      expect((await act(id, step)).json).toEqual({ id, version: 3 + n });
      const { items } = (await seen('AL', '/v1/assistance?donor=GB&receiver=AL', FOR)).json;
      expect(items).toEqual([{ ...pledged, state, deliveredAt: TIME, ...asRecord(2 + n, FOR) }]);
    }
    expect(await given('AL')).toEqual([{ ...of, kind: 'equipment', item: machines.item, quantity: 2 }]);
    expect(refusalOf(await act(id, 'put-in-use'))).toBe('409 assistance.not-delivered');
  });

  it('refuses money without its currency, and amounts that are none', async () => {
    const refused = async (wrong: object) => refusalOf(await post('GB', '/v1/assistance', { ...pledge, ...wrong }));
    expect(await refused({ currency: undefined })).toBe('422 assistance.invalid /currency required');
    expect(await refused({ amount: '1e3' })).toBe('400 invalid-request /amount pattern');
  });
};
