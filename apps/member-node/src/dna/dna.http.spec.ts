import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SEVEN_LOCI } from '../../../../libs/dna/src/testing/seven-loci.ts';
import { runNode, type RunningNode } from '../testing/running-node.ts';

const terms = { audience: ['AL'], purposes: ['forensic-matching'] };
const LOCI = SEVEN_LOCI;
const SIX = { D21S11: LOCI.D21S11, FGA: LOCI.FGA, D8S1179: LOCI.D8S1179, D3S1358: LOCI.D3S1358, D18S51: LOCI.D18S51 };

describe('DNA profiles over HTTP', () => {
  let gb: RunningNode;
  let officer: string;

  beforeAll(async () => {
    gb = await runNode();
    officer = await gb.token(['publisher', 'supervisor']);
  });
  afterAll(() => gb.close());

  const submit = (body: object, as = officer) => gb.call('POST', '/v1/dna/profiles', { as, body });
  const sent = async (id: string) => (await gb.relayed()).filter(({ subject }) => subject === id);

  it('are kept in normal form and released whole, without anybody', async () => {
    const body = { reference: 'GB-1', kind: 'reference', loci: { ...LOCI, Penta_D: ['9', 'na'] } };
    const answer = await submit({ ...body, amelogenin: ['Y', 'X'], release: terms });
    expect(answer).toMatchObject({ status: 201, json: { version: 2 } });
    const [event] = await sent(answer.json.id);
    expect(event).toMatchObject({
      type: 'accord.dna.profile-released.v1',
      access: { category: 'dna', audience: ['AL'], purposes: ['forensic-matching'], classification: 'OFFICIAL' },
    });
    expect(event!.opened).toEqual({
      shield: [],
      content: {
        reference: 'GB-1',
        kind: 'reference',
        loci: { ...LOCI, 'Penta D': ['9', '*'] },
        amelogenin: ['X', 'Y'],
      },
    });
  });

  it('have a reference that is theirs alone', async () => {
    const body = { reference: 'GB-2', kind: 'trace', loci: LOCI };
    const first = await submit(body);
    expect(first).toMatchObject({ status: 201, json: { version: 1 } });
    expect(await submit(body)).toMatchObject({ status: 200, json: first.json });
    expect(await submit({ ...body, kind: 'reference' })).toMatchObject({
      status: 409,
      json: { code: 'external-id-reused' },
    });
    expect(await sent(first.json.id)).toEqual([]);
  });

  it('shield whoever is protected, and never say why', async () => {
    const protection = { nationality: ['al'], persecutors: ['xk'] };
    const { json } = await submit({ reference: 'GB-3', kind: 'reference', loci: LOCI, protection, release: terms });
    const [event] = await sent(json.id);
    expect(event!.opened).toEqual({
      shield: ['al', 'xk'],
      content: { reference: 'GB-3', kind: 'reference', loci: LOCI },
    });
    const unknown = { reference: 'GB-4', kind: 'reference', loci: LOCI, protection: {}, release: terms };
    expect((await sent((await submit(unknown)).json.id))[0]!.opened!.shield).toBe('ALL');
  });

  it('are recalled and erased by a supervisor', async () => {
    const { json } = await submit({ reference: 'GB-5', kind: 'trace', loci: LOCI, release: terms });
    const move = (what: string) =>
      gb.call('POST', `/v1/dna/profiles/${json.id}/${what}`, { as: officer, body: { reason: 'r' } });
    expect((await move('recall')).status).toBe(200);
    expect((await move('erase')).status).toBe(200);
    expect(await move('erase')).toMatchObject({ status: 409, json: { code: 'dna.erased' } });
    expect((await gb.call('GET', `/v1/dna/profiles/${json.id}`, { as: officer })).json).toMatchObject({
      state: 'erased',
    });
  });

  it('have hits of which this member says what is its to say, there or not', async () => {
    const hit = '0d5b3f4e-0000-8000-8000-0000000000d1';
    const say = (what: string, body: object = {}, as = officer) =>
      gb.call('POST', `/v1/dna/hits/${hit}/${what}`, { as, body });
    const before = (await gb.relayed()).length;
    const said = [
      await say('confirm'),
      await say('dismiss', { reason: 'A twin' }),
      await say('request-data'),
      await say('send-data', { facts: 'A swab', person: { name: ['Test Shembulli'] } }),
      await say('refuse-data', { reason: 'Ask a court' }),
    ];
    expect(said.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
    // Asked for again it is asked for once; all else is said anew, be it corrected.
    expect(await say('request-data')).toMatchObject({ status: 200, json: said[2]!.json });
    expect(await say('confirm')).toMatchObject({ status: 200, json: said[0]!.json });
    expect(await say('send-data', { facts: 'Two swabs' })).toMatchObject({ status: 200, json: said[3]!.json });
    const events = (await gb.relayed()).slice(before);
    expect(events.map(({ type, access, opened }) => [type.split('.')[2], access ?? null, opened!.content])).toEqual([
      ['hit-confirmed', null, { hit }],
      ['hit-dismissed', null, { hit }],
      ['data-requested', null, { hit }],
      ['data-sent', null, { hit, facts: 'A swab', person: { name: ['Test Shembulli'] } }],
      ['data-refused', null, { hit, reason: 'Ask a court' }],
      ['hit-confirmed', null, { hit }],
      ['data-sent', null, { hit, facts: 'Two swabs' }],
    ]);
    for (const [what, body, error] of [
      ['send-data', {}, ''],
      ['send-data', { name: 'x' }, '/name'],
      ['dismiss', {}, '/reason'],
      ['confirm', { by: 'x' }, '/by'],
    ] as const) {
      expect(await say(what, body)).toMatchObject({ status: 400, json: { errors: [{ path: error }] } });
    }
    expect((await say('confirm', {}, await gb.token(['analyst']))).status).toBe(403);
  });

  it('carry core data past nobody whom the person is to be kept from', async () => {
    const hit = '0d5b3f4e-0000-8000-8000-0000000000d2';
    const met = (passport: string) =>
      gb.call('POST', '/v1/encounters', {
        as: officer,
        body: {
          person: { schema: 'Person', properties: { nationality: ['al'], passportNumber: [passport] } },
          ...{ at: '2026-01-01T00:00:00Z', place: 'Dover', asylumClaimed: true },
        },
      });
    const send = (passport: string) =>
      gb.call('POST', `/v1/dna/hits/${hit}/send-data`, {
        as: officer,
        body: { person: { name: ['Test Shembulli'], passportNumber: [passport] } },
      });
    const before = (await gb.relayed()).length;
    await met('P2000001');
    await send('P 2000001');
    // A claim that comes later shields what was sent before.
    await send('P2000002');
    await met('P2000002');
    const events = (await gb.relayed()).slice(before);
    expect(events.map(({ type, opened }) => [type.split('.')[2], opened!.shield])).toEqual([
      ['data-sent', ['al']],
      ['data-sent', []],
      ['record-reshielded', ['al']],
    ]);
  });

  it.each([
    ['too few loci', { loci: { vWA: ['17', '18'] } }, '422 dna.too-few-loci /loci too-few-loci'],
    ['a mixture', { loci: { ...LOCI, vWA: ['15', '16', '17', '18'] } }, '422 dna.mixture /loci/vWA mixture'],
    [
      'a reference without core loci',
      { loci: { ...SIX, vWA: ['17', '*'], TH01: ['6', '*'], TPOX: ['8', '9'] } },
      '422 dna.core-loci-missing /loci core-loci-missing',
    ],
    ['no allele', { loci: { ...LOCI, vWA: ['17', '17.9'] } }, '422 dna.allele-invalid /loci/vWA/1 allele'],
    ['half a pair', { loci: { ...LOCI, vWA: ['17'] } }, '422 dna.allele-invalid /loci/vWA pair'],
    ['an unknown locus', { loci: { ...LOCI, Secret: ['1', '2'] } }, '422 dna.locus-unknown /loci locus'],
    ['an allele as a number', { loci: { ...LOCI, vWA: [17, 18] } }, '400 invalid-request /loci/vWA/0 type'],
    ['a blank allele', { loci: { ...LOCI, vWA: ['', '18'] } }, '400 invalid-request /loci/vWA/0 minLength'],
    ['another kind', { kind: 'suspect' }, '400 invalid-request /kind enum'],
    ['no reference', { reference: undefined }, '400 invalid-request /reference required'],
    ['a name', { name: 'x' }, '400 invalid-request /name unknown-field'],
  ])('refuse %s', async (_, change, answer) => {
    const count = await gb.count();
    const { status, json, text } = await submit({ reference: 'GB-9', kind: 'reference', loci: LOCI, ...change });
    expect(`${status} ${json.code} ${json.errors[0].path} ${json.errors[0].rule}`).toBe(answer);
    expect(text).not.toMatch(/Secret|17\.9/);
    expect(await gb.count()).toBe(count);
  });
});
