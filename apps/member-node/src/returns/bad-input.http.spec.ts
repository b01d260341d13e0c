import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { RELEASE, returnBody, returnee, Returning } from '../testing/returning.ts';
import { runNode, type RunningNode } from '../testing/running-node.ts';

const UNKNOWN = '01980000-0000-7000-8000-0000000000ff';
const on = (what: string) => `returns/${UNKNOWN}/${what}`;
const document = { number: 'ETD-1', type: 'emergency-travel-document', validTo: '2099-01-01' };
const met = { person: returnee(), at: '2026-01-10T12:00:00Z', place: 'Dover', asylumClaimed: false };
const TO_COME = '2026-02-01T13:00:00Z';
const invalid = (at: string) => `400 invalid-request ${at}`;

describe('bad input on returns, encounters and hubs', () => {
  let gb: RunningNode;
  let returning: Returning;

  beforeAll(async () => {
    gb = await runNode();
    returning = new Returning(gb, await gb.token(['publisher', 'supervisor']));
  });
  afterAll(() => gb.close());

  it.each([
    [
      'an appeal pending',
      'returns',
      returnBody({ appeals: 'pending' }),
      '422 return.appeal-pending /appeals exhausted',
    ],
    ['an appeal that nobody knows of', 'returns', returnBody({ appeals: 'none' }), invalid('/appeals enum')],
    ['no evidence', 'returns', returnBody({ evidence: ' ' }), invalid('/evidence pattern')],
    ['a country in words', 'returns', returnBody({ returnTo: 'Albania' }), invalid('/returnTo pattern')],
    ['a country that there is not', 'returns', returnBody({ returnTo: 'QQ' }), invalid('/returnTo country')],
    ['home', 'returns', returnBody({ returnTo: 'GB' }), invalid('/returnTo other-country')],
    [
      'a vessel',
      'returns',
      returnBody({ person: { ...returnee(), schema: 'Vessel' } }),
      invalid('/person/schema const'),
    ],
    [
      'a claim',
      'returns',
      returnBody({ person: { ...returnee(), protectionClaim: true } }),
      invalid('/person/protectionClaim unknown-field'),
    ],
    [
      'a property that persons lack',
      'returns',
      returnBody({ person: returnee({ imoNumber: ['1'] }) }),
      '422 entity.invalid /person/properties/imoNumber unknown-property',
    ],
    [
      'a person of another member',
      'returns',
      returnBody({ person: { ...returnee(), id: `AL:${UNKNOWN}` } }),
      '422 entity.invalid /person/id unknown-entity',
    ],
    [
      'a person of whom nothing is known',
      'returns',
      returnBody({ person: { ...returnee(), id: `GB:${UNKNOWN}` } }),
      '422 entity.invalid /person/id unknown-entity',
    ],
    [
      'an encounter with one',
      'encounters',
      { ...met, person: { ...met.person, id: `GB:${UNKNOWN}` } },
      '422 entity.invalid /person/id unknown-entity',
    ],
    [
      'a stranger released to',
      'returns',
      returnBody({ release: { ...RELEASE, audience: ['FR'] } }),
      '422 audience.unknown-member /release/audience/0 known-member',
    ],
    ['a schedule without a time', on('schedule'), {}, invalid('/at required')],
    ['a schedule some day', on('schedule'), { at: 'tomorrow' }, invalid('/at format')],
    ['a request that says more', on('request-documents'), { now: true }, invalid('/now unknown-field')],
    ['a transfer to nowhere', on('transfer'), { at: met.at }, invalid('/hub required')],
    ['a transfer to a name', on('transfer'), { at: met.at, hub: 'Tirana' }, invalid('/hub format')],
    ['a document without a number', on('issue-document'), { ...document, number: '-' }, invalid('/number pattern')],
    ['a document for ever', on('issue-document'), { ...document, validTo: 'ever' }, invalid('/validTo format')],
    ['a refusal without a reason', on('refuse-document'), {}, invalid('/reason required')],
    ['a re-entry of nobody', on('confirm-re-entry'), {}, invalid('/encounter required')],
    ['an encounter that does not say', 'encounters', { ...met, asylumClaimed: 'no' }, invalid('/asylumClaimed type')],
    ['an encounter to come', 'encounters', { ...met, at: TO_COME }, '422 time.future /at past'],
    ['an encounter nowhere', 'encounters', { ...met, place: '' }, invalid('/place minLength')],
    ['talks with a city', 'hub-talks', { country: 'Belgrade' }, invalid('/country pattern')],
    ['talks with nobody', 'hub-talks', { country: 'QQ' }, invalid('/country country')],
    ['a hub without places', `hub-talks/${UNKNOWN}/agree`, { places: 0 }, invalid('/places minimum')],
    ['a hub without end', `hub-talks/${UNKNOWN}/agree`, { places: 1e9 }, invalid('/places maximum')],
    ['a refusal of talks without a reason', `hub-talks/${UNKNOWN}/decline`, {}, invalid('/reason required')],
  ])('refuses %s', async (_, path, body, answer) => {
    const count = await gb.count();
    const { status, json, text } = await returning.post(path, body);
    expect(`${status} ${json.code} ${json.errors[0].path} ${json.errors[0].rule}`).toBe(answer);
    expect(text).not.toContain('Agim');
    expect(await gb.count()).toBe(count);
  });

  it('may say when somebody is to be returned, and only afterwards that it was so', async () => {
    const id = await returning.open();
    expect((await returning.post(`returns/${id}/schedule`, { at: TO_COME })).status).toBe(200);
    const { json } = await returning.post('hub-talks', { country: 'RS' });
    await returning.post(`hub-talks/${json.id}/start`);
    await returning.post(`hub-talks/${json.id}/agree`, { places: 1 });
    const ways = { complete: {}, abscond: {}, transfer: { hub: json.id } };
    for (const [way, body] of Object.entries(ways)) {
      expect(await returning.post(`returns/${id}/${way}`, { ...body, at: TO_COME })).toMatchObject({
        status: 422,
        json: { code: 'time.future', errors: [{ path: '/at', rule: 'past' }] },
      });
    }
    expect((await returning.get(`hub-talks/${json.id}`)).json.taken).toEqual([]);
    expect((await returning.get(`returns/${id}`)).json).toMatchObject({ version: 3, scheduledFor: TO_COME });
  });

  it('says nothing of what is not there', async () => {
    for (const path of [on('request-documents'), on('close'), `hub-talks/${UNKNOWN}/start`, 'returns/x/close']) {
      expect((await returning.post(path)).status).toBe(404);
    }
    expect((await returning.get(`encounters/${UNKNOWN}`)).status).toBe(404);
  });
});
