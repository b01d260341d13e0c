import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { runNode, type RunningNode } from '../testing/running-node.ts';

const terms = { audience: ['AL'], purposes: ['document-fraud'] };
const STOLEN = { number: 'BA1234567', type: 'passport', issuingState: 'AL', status: 'stolen', since: '2025-01-01' };
const finding = { machine: 'Desk 3', pattern: 'The data page is of another batch.', images: ['0a'.repeat(32)] };

describe('document alerts over HTTP', () => {
  let gb: RunningNode;
  let officer: string;
  let publisher: string;

  beforeAll(async () => {
    gb = await runNode();
    officer = await gb.token(['publisher', 'supervisor']);
    publisher = await gb.token(['publisher']);
  });
  afterAll(() => gb.close());

  const register = (body: object, as = officer) => gb.call('POST', '/v1/document-alerts', { as, body });
  const move = (id: string, what: string, body: object = {}, as = officer) =>
    gb.call('POST', `/v1/document-alerts/${id}/${what}`, { as, body });
  const sent = async (id: string) => (await gb.relayed()).filter(({ subject }) => subject === id);

  it('are registered, released and withdrawn, and each is told whole', async () => {
    const { status, json, headers } = await register({ ...STOLEN, status: 'forged', finding, release: terms });
    expect({ status, version: json.version }).toEqual({ status: 201, version: 2 });
    expect(headers.get('location')).toBe(`/v1/document-alerts/${json.id}`);
    expect(await move(json.id, 'withdraw', {}, publisher)).toMatchObject({ status: 200, json: { version: 3 } });
    const [released, withdrawn] = await sent(json.id);
    const content = { ...STOLEN, status: 'forged', finding, stage: 'in-force' };
    expect(released).toMatchObject({
      type: 'accord.documents.alert-released.v1',
      recordversion: 1,
      access: { audience: ['AL'], category: 'document', classification: 'OFFICIAL', handlingcodes: ['H0'] },
    });
    expect(released!.opened).toEqual({ shield: [], content });
    expect(withdrawn).toMatchObject({ type: 'accord.documents.alert-withdrawn.v1', recordversion: 2 });
    expect(withdrawn!.opened!.content).toEqual({ ...content, stage: 'withdrawn' });
    expect(await move(json.id, 'withdraw')).toMatchObject({ status: 409, json: { code: 'document-alert.withdrawn' } });
  });

  it('stay at home until they are released', async () => {
    const { json } = await register(STOLEN, publisher);
    expect((await move(json.id, 'release', terms, publisher)).status).toBe(403);
    expect(await move(json.id, 'recall', { reason: 'r' })).toMatchObject({
      status: 409,
      json: { code: 'document-alert.not-released' },
    });
    expect(await sent(json.id)).toEqual([]);
    const shown = await gb.call('GET', `/v1/document-alerts/${json.id}`, { as: publisher });
    expect(shown.json).toMatchObject({ ...STOLEN, state: 'submitted', stage: 'in-force' });
  });

  it('are recalled and erased, and not withdrawn after that', async () => {
    const { json } = await register({ ...STOLEN, release: terms });
    expect((await move(json.id, 'recall', { reason: 'An error' })).status).toBe(200);
    expect(await move(json.id, 'withdraw')).toMatchObject({ status: 409, json: { code: 'document-alert.recalled' } });
    expect((await move(json.id, 'erase', { reason: 'An error' })).status).toBe(200);
    expect(await move(json.id, 'withdraw')).toMatchObject({ status: 409, json: { code: 'document-alert.erased' } });
    expect((await sent(json.id)).slice(1).map(({ type }) => type)).toEqual([
      'accord.records.record-recalled.v1',
      'accord.records.record-erased.v1',
    ]);
  });

  it.each([
    ['passport', 'passportNumber'],
    ['id-card', 'idNumber'],
    // Of a refugee's travel document, say: reports name it a passport.
    ['other', 'passportNumber'],
  ])(
    'of a %s are kept from where its holder fled, before and after the claim, whatever reports call its %s',
    async (type, property) => {
      const number = `C${type.length}-77 1`;
      const alert = { ...STOLEN, type, number, status: 'lost', release: { ...terms, audience: ['AL', 'XK'] } };
      const before = (await register(alert)).json.id as string;
      const person = { id: 'p1', schema: 'Person', assertion: 'fact', subjectCategory: 'other', protectionClaim: true };
      const report = await gb.call('POST', '/v1/reports', {
        as: officer,
        body: {
          ...{ title: 'A claim', category: 'intelligence', classification: 'OFFICIAL', handlingCodes: ['H0'] },
          ...{ legalBasis: 'Immigration Rules 339IA', reviewBy: '2031-05-15' },
          grading: { scheme: '3x5x2', source: '1', information: 'A', handling: 'P' },
          entities: [{ ...person, properties: { [property]: [number.toLowerCase()], nationality: ['al'] } }],
        },
      });
      expect(report.status).toBe(201);
      expect((await sent(before))[1]).toMatchObject({
        type: 'accord.records.record-reshielded.v1',
        opened: { shield: ['al'] },
      });
      const after = (await register(alert)).json.id as string;
      expect((await sent(after))[0]!.opened!.shield).toEqual(['al']);
    },
  );

  it.each<[string, object, string]>([
    ['no number', { number: undefined }, '400 invalid-request /number required'],
    ['a number of signs', { number: '--' }, '400 invalid-request /number pattern'],
    ['a long number', { number: 'A'.repeat(51) }, '400 invalid-request /number maxLength'],
    ['another type', { type: 'ticket' }, '400 invalid-request /type enum'],
    ['three letters for a state', { issuingState: 'ALB' }, '400 invalid-request /issuingState pattern'],
    ['what is no state', { issuingState: 'QQ' }, '400 invalid-request /issuingState pattern'],
    ['another status', { status: 'burnt' }, '400 invalid-request /status enum'],
    ['a day that there is not', { since: '2025-02-30' }, '400 invalid-request /since format'],
    ['a day to come', { since: '2026-02-03' }, '422 time.future /since past'],
    [
      'a finding without a pattern',
      { finding: { machine: 'Desk 3' } },
      '400 invalid-request /finding/pattern required',
    ],
    ['a machine of signs', { finding: { ...finding, machine: '#1' } }, '400 invalid-request /finding/machine pattern'],
    [
      'an image for its hash',
      { finding: { ...finding, images: ['x'] } },
      '400 invalid-request /finding/images/0 pattern',
    ],
    ['an unknown field', { mrz: 'P<' }, '400 invalid-request /mrz unknown-field'],
    ['H3 without its text', { handlingCodes: ['H3'] }, '400 invalid-request /handlingText required'],
  ])('refuse %s', async (_, wrong, answer) => {
    const count = await gb.count();
    const { status, json } = await register({ ...STOLEN, ...wrong });
    expect(`${status} ${json.code} ${json.errors[0].path} ${json.errors[0].rule}`).toBe(answer);
    expect(await gb.count()).toBe(count);
  });

  it('are known again by their external id', async () => {
    const body = { ...STOLEN, externalId: 'REG-1' };
    const first = await register(body);
    expect(await register(body)).toMatchObject({ status: 200, json: first.json });
    expect(await register({ ...body, status: 'lost' })).toMatchObject({
      status: 409,
      json: { code: 'external-id-reused' },
    });
  });
});
