import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { runNode, type RunningNode } from '../testing/running-node.ts';

const UNKNOWN = '01980000-0000-7000-8000-0000000000ff';
const terms = { audience: ['AL'], purposes: ['organised-crime'] };
const MACHINES = { receiver: 'AL', kind: 'equipment', item: 'forgery-detection machine', quantity: 2 };
const FUND = { receiver: 'AL', kind: 'money', item: 'Forensics programme', amount: '1000000', currency: 'GBP' };

describe('assistance over HTTP', () => {
  let gb: RunningNode;
  let officer: string;
  let publisher: string;

  beforeAll(async () => {
    gb = await runNode();
    officer = await gb.token(['publisher', 'supervisor']);
    publisher = await gb.token(['publisher']);
  });
  afterAll(() => gb.close());

  const pledge = (body: object, as = officer, headers = {}) => gb.call('POST', '/v1/assistance', { as, body, headers });
  const move = (id: string, what: string, body: object = {}, as = officer, headers = {}) =>
    gb.call('POST', `/v1/assistance/${id}/${what}`, { as, headers, body });
  const sent = async (id: string) => (await gb.relayed()).filter(({ subject }) => subject === id);
  const typesOf = async (id: string) => (await sent(id)).map(({ type }) => type.split('.').slice(1, 3).join('.'));

  it('is pledged, delivered, put in use and retired, and each is told whole', async () => {
    const pledged = await pledge({ ...MACHINES, release: terms });
    expect(pledged).toMatchObject({ status: 201, json: { version: 2 } });
    const { id } = pledged.json;
    expect(pledged.headers.get('location')).toBe(`/v1/assistance/${id}`);
    for (const [n, what] of ['deliver', 'put-in-use', 'retire'].entries()) {
      expect(await move(id, what, undefined, publisher)).toMatchObject({ status: 200, json: { id, version: 3 + n } });
    }
    expect(await typesOf(id)).toEqual([
      'assistance.assistance-released',
      'assistance.assistance-delivered',
      'assistance.assistance-put-in-use',
      'assistance.assistance-retired',
    ]);
    const events = await sent(id);
    expect(events[0]).toMatchObject({
      recordversion: 1,
      access: { audience: ['AL'], category: 'assistance', classification: 'OFFICIAL', handlingcodes: ['H0'] },
      opened: { shield: [], content: { ...MACHINES, stage: 'pledged' } },
    });
    expect(events[3]).toMatchObject({ recordversion: 4, opened: { content: { ...MACHINES, stage: 'retired' } } });
    expect(await move(id, 'deliver')).toMatchObject({ status: 409, json: { code: 'assistance.not-pledged' } });
  });

  it('lets nothing leave before it is released, and then what it has become', async () => {
    const { json } = await pledge(FUND, publisher);
    expect(json.version).toBe(1);
    expect(await move(json.id, 'draw', { amount: '0.5', for: 'DNA kits' })).toMatchObject({
      status: 200,
      json: { version: 2, drawn: '0.50' },
    });
    expect(await sent(json.id)).toEqual([]);
    expect(await move(json.id, 'recall', { reason: 'r' })).toMatchObject({
      status: 409,
      json: { code: 'assistance.not-released' },
    });
    expect((await move(json.id, 'release', terms, publisher)).status).toBe(403);
    expect(await move(json.id, 'release', terms)).toMatchObject({ status: 200, json: { version: 3 } });
    const [released] = await sent(json.id);
    expect(released!.opened!.content).toMatchObject({ amount: '1000000.00', drawn: '0.50' });
    expect(await move(json.id, 'release', { ...terms, audience: ['XK'] })).toMatchObject({ json: { version: 4 } });
    expect((await sent(json.id))[1]!.access!.audience).toEqual(['XK']);
  });

  it('is pledged to who is to be a member, too', async () => {
    expect((await pledge({ ...MACHINES, receiver: 'MK' })).status).toBe(201);
  });

  it('draws to the last penny, and no further', async () => {
    const { json } = await pledge(FUND);
    const draw = (amount: string) => move(json.id, 'draw', { amount, for: 'DNA kits' });
    expect((await draw('999999.99')).status).toBe(200);
    expect(await draw('0.02')).toMatchObject({ status: 422, json: { code: 'assistance.overdrawn' } });
    expect(await draw('0.01')).toMatchObject({ status: 200, json: { drawn: '1000000.00' } });
  });

  it('never draws more than was pledged, however many ask at once', async () => {
    const { json } = await pledge({ ...FUND, amount: '10.00' });
    const draws = Array.from({ length: 30 }, () => move(json.id, 'draw', { amount: '1.00', for: 'DNA kits' }));
    const statuses = (await Promise.all(draws)).map(({ status }) => status).sort();
    expect(statuses.filter((status) => status === 200)).toHaveLength(10);
    expect(new Set(statuses)).toEqual(new Set([200, 422]));
  });

  it('recalls and erases, and takes no more after that', async () => {
    const { json } = await pledge({ ...MACHINES, release: terms });
    expect((await move(json.id, 'recall', { reason: 'An error' }, publisher)).status).toBe(403);
    expect((await move(json.id, 'recall', { reason: 'An error' })).status).toBe(200);
    expect(await move(json.id, 'deliver')).toMatchObject({ status: 409, json: { code: 'assistance.recalled' } });
    expect(await move(json.id, 'release', terms)).toMatchObject({ status: 409, json: { code: 'assistance.recalled' } });
    expect((await move(json.id, 'erase', { reason: 'An error' })).status).toBe(200);
    expect(await move(json.id, 'erase', { reason: 'x' })).toMatchObject({
      status: 409,
      json: { code: 'assistance.erased' },
    });
    expect((await typesOf(json.id)).slice(1)).toEqual(['records.record-recalled', 'records.record-erased']);
    const shown = await gb.call('GET', `/v1/assistance/${json.id}`, { as: officer });
    expect(shown.json).toEqual({ id: json.id, state: 'erased', version: 4, updatedAt: expect.any(String) });
  });

  it('knows an external id, an idempotency key and a version again', async () => {
    const body = { ...MACHINES, externalId: 'HO-1' };
    const first = await pledge(body);
    expect(await pledge(body)).toMatchObject({ status: 200, json: first.json });
    expect(await pledge({ ...body, quantity: 3 })).toMatchObject({
      status: 409,
      json: { code: 'external-id-reused' },
    });
    const headers = { 'idempotency-key': 'deliver-1' };
    const { id } = first.json;
    const delivered = await move(id, 'deliver', {}, officer, headers);
    expect(await move(id, 'deliver', {}, officer, headers)).toMatchObject({ status: 200, json: delivered.json });
    expect(await move(id, 'retire', {}, officer, { 'if-match': '"1"' })).toMatchObject({
      status: 412,
      json: { code: 'version-conflict' },
    });
  });

  it.each([
    ['equipment without a quantity', { ...MACHINES, quantity: undefined }, '422 assistance.invalid /quantity required'],
    ['money by the piece', { ...FUND, quantity: 2 }, '422 assistance.invalid /quantity kind'],
    ['money without a currency', { ...FUND, currency: undefined }, '422 assistance.invalid /currency required'],
    [
      'a receiver that is no member',
      { ...MACHINES, receiver: 'LA' },
      '422 audience.unknown-member /receiver known-member',
    ],
    ['one that has left', { ...MACHINES, receiver: 'ZZ' }, '422 audience.unknown-member /receiver known-member'],
    ['itself for a receiver', { ...MACHINES, receiver: 'GB' }, '422 audience.unknown-member /receiver known-member'],
    ['no money', { ...FUND, amount: '0.00' }, '422 assistance.invalid /amount minimum'],
    ['a fraction of a penny', { ...FUND, amount: '0.001' }, '400 invalid-request /amount pattern'],
    ['a number for an amount', { ...FUND, amount: 5 }, '400 invalid-request /amount type'],
    ['half a machine', { ...MACHINES, quantity: 0.5 }, '400 invalid-request /quantity type'],
    ['advice', { ...MACHINES, kind: 'advice' }, '400 invalid-request /kind enum'],
    ['an unknown field', { ...MACHINES, colour: 'x' }, '400 invalid-request /colour unknown-field'],
    ['H3 without its text', { ...MACHINES, handlingCodes: ['H3'] }, '400 invalid-request /handlingText required'],
    [
      'a stranger released to',
      { ...MACHINES, release: { ...terms, audience: ['FR'] } },
      '422 audience.unknown-member /release/audience/0 known-member',
    ],
  ])('refuses %s', async (_, body, answer) => {
    const count = await gb.count();
    const { status, json } = await pledge(body);
    expect(`${status} ${json.code} ${json.errors[0].path} ${json.errors[0].rule}`).toBe(answer);
    expect(await gb.count()).toBe(count);
  });

  it('is released by a supervisor alone, and of what is not there says nothing', async () => {
    expect((await pledge({ ...MACHINES, release: terms }, publisher)).status).toBe(403);
    expect((await move(UNKNOWN, 'deliver')).status).toBe(404);
  });

  it('shows a member its own, newest first, with what became of it', async () => {
    const { json } = await gb.call('GET', '/v1/assistance?limit=1', { as: publisher });
    expect(json.items[0]).toMatchObject({
      ...MACHINES,
      state: 'submitted',
      stage: 'delivered',
      category: 'assistance',
    });
    expect(json.next).not.toBeNull();
    const history = await gb.call('GET', `/v1/assistance/${json.items[0].id}/history`, { as: publisher });
    expect(history.json.items.map(({ type }: { type: string }) => type)).toEqual([
      'assistance-submitted',
      'assistance-delivered',
    ]);
  });
});
