import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { person as reported, reportBody } from '../testing/bodies.ts';
import { RELEASE, returnBody, returnee, Returning } from '../testing/returning.ts';
import { runNode, type RunningNode } from '../testing/running-node.ts';

const UNKNOWN = '01980000-0000-7000-8000-0000000000ff';
const AT = '2026-01-10T12:00:00Z';

describe('returns over HTTP', () => {
  let gb: RunningNode;
  let officer: string;
  let publisher: string;
  let returning: Returning;

  beforeAll(async () => {
    gb = await runNode();
    officer = await gb.token(['publisher', 'supervisor']);
    publisher = await gb.token(['publisher']);
    returning = new Returning(gb, officer);
  });
  afterAll(() => gb.close());

  it('goes through its life, each step told whole', async () => {
    const id = await returning.open();
    expect(await returning.post(`returns/${id}/request-documents`)).toMatchObject({
      status: 200,
      json: { id, version: 3 },
    });
    for (const [step, said] of [
      ['schedule', { at: AT }],
      ['complete', { at: AT }],
      ['close', {}],
    ] as const) {
      expect((await returning.post(`returns/${id}/${step}`, said)).status).toBe(200);
    }
    const events = await returning.sent(id);
    expect(events.map(({ type, recordversion }) => [type.split('.')[2], recordversion])).toEqual([
      ['return-opened', 1],
      ['documents-requested', 2],
      ['return-scheduled', 3],
      ['return-completed', 4],
      ['return-closed', 5],
    ]);
    expect(events[0]).toMatchObject({
      access: { category: 'return', audience: ['AL'], purposes: ['returns'], handlingcodes: ['H0'] },
      opened: {
        shield: [],
        content: { person: returnee(), returnTo: 'AL', evidence: returnBody().evidence, stage: 'opened' },
      },
    });
    expect(events[4]!.opened!.content).toMatchObject({ stage: 'closed', returnedAt: AT, person: { schema: 'Person' } });
  });

  it('is kept at home until it is released', async () => {
    const { status, json } = await returning.post('returns', returnBody(), publisher);
    expect({ status, version: json.version }).toEqual({ status: 201, version: 1 });
    await returning.post(`returns/${json.id}/request-documents`, {}, publisher);
    expect(await returning.sent(json.id)).toEqual([]);
    expect((await returning.post('returns', returnBody({ release: RELEASE }), publisher)).status).toBe(403);
    await returning.post(`returns/${json.id}/release`, RELEASE);
    expect((await returning.sent(json.id)).map(({ type, opened }) => [type, opened!.content!['stage']])).toEqual([
      ['accord.returns.return-opened.v1', 'documents-requested'],
    ]);
  });

  it('names the state that does not allow a step', async () => {
    const id = await returning.open();
    const refusal = async (step: string, said: object = {}) =>
      (await returning.post(`returns/${id}/${step}`, said)).json.code;
    expect(await refusal('complete', { at: AT })).toBe('return.not-scheduled');
    expect(await refusal('close')).toBe('return.not-ended');
    await returning.post(`returns/${id}/abscond`, { at: AT });
    expect(await refusal('schedule', { at: AT })).toBe('return.absconded');
    await returning.post(`returns/${id}/recall`, { reason: 'r' });
    expect(await refusal('close')).toBe('return.recalled');
  });

  it('takes the answer of the state of return, whether or not there is such a return', async () => {
    const document = { number: 'ETD-1', type: 'emergency-travel-document', validTo: '2099-01-01' };
    const issued = await returning.post(`returns/${UNKNOWN}/issue-document`, document, publisher);
    expect(issued).toMatchObject({ status: 200, json: { id: expect.any(String), version: 1 } });
    const refused = await returning.post(`returns/${UNKNOWN}/refuse-document`, { reason: 'Unknown here.' }, publisher);
    expect((await returning.sent(issued.json.id))[0]).toMatchObject({
      type: 'accord.returns.travel-document-issued.v1',
      opened: { shield: [], content: { return: UNKNOWN, ...document } },
    });
    expect((await returning.sent(refused.json.id))[0]!.opened!.content).toEqual({
      return: UNKNOWN,
      reason: 'Unknown here.',
    });
    expect((await returning.post(`contributions/${issued.json.id}/recall`, { reason: 'r' })).status).toBe(200);
  });

  it('takes a word on a re-entry, and another of the same return', async () => {
    const said = [
      await returning.post(`returns/${UNKNOWN}/confirm-re-entry`, { encounter: UNKNOWN }, publisher),
      await returning.post(`returns/${UNKNOWN}/dismiss-re-entry`, { encounter: UNKNOWN }, publisher),
    ];
    expect(said.map(({ status }) => status)).toEqual([200, 200]);
    const words = (await gb.relayed()).filter(({ type }) => type.includes('.re-entry-'));
    expect(words.map(({ type, opened }) => [type.split('.')[2], opened!.content])).toEqual([
      ['re-entry-confirmed', { return: UNKNOWN, encounter: UNKNOWN }],
      ['re-entry-dismissed', { return: UNKNOWN, encounter: UNKNOWN }],
    ]);
  });

  describe('and claims for protection', () => {
    const claimant = (passport: string) =>
      reported(
        'v',
        { name: ['Test Viktimë'], nationality: ['al'], passportNumber: [passport] },
        { protectionClaim: true },
      );
    const report = (passport: string) =>
      gb.call('POST', '/v1/reports', { as: publisher, body: reportBody({ entities: [claimant(passport)] }) });

    it('is not shielded by one that was finally refused, but by one made later', async () => {
      await report('P1000001');
      const id = await returning.open({ person: returnee({ passportNumber: ['P 1000001'] }) });
      expect((await returning.sent(id))[0]!.opened!.shield).toEqual([]);
      // Another word on the person is no new claim.
      const again = reported('w', { name: ['T. Viktimë'], passportNumber: ['P1000001'] });
      await gb.call('POST', '/v1/reports', { as: publisher, body: reportBody({ entities: [again] }) });
      expect(await returning.sent(id)).toHaveLength(1);
      await report('P1000001');
      expect((await returning.sent(id))[1]).toMatchObject({
        type: 'accord.records.record-reshielded.v1',
        opened: { shield: ['al'] },
      });
    });

    it('is not shielded by one that was finally refused once the node has started again, or is sent the report again', async () => {
      const body = reportBody({ externalId: 'CLAIM-5', entities: [claimant('P1000005')] });
      await gb.call('POST', '/v1/reports', { as: publisher, body });
      const id = await returning.open({ person: returnee({ passportNumber: ['P1000005'] }) });
      await gb.restart();
      expect(await returning.sent(id)).toHaveLength(1);
      const other = reportBody({ externalId: 'OTHER-5' });
      const lines = `${JSON.stringify(body)}\n${JSON.stringify(other)}\n`;
      const headers = { 'content-type': 'application/x-ndjson' };
      await gb.call('POST', '/v1/reports:batch', { as: publisher, raw: lines, headers });
      expect(await returning.sent(id)).toHaveLength(1);
    });

    it('is shielded by a claim that says more than it did, and not by one that is told again', async () => {
      const { json } = await report('P1000004');
      const id = await returning.open({ person: returnee({ passportNumber: ['P1000004'] }) });
      const amend = (over: object) =>
        gb.call('POST', `/v1/reports/${json.id}/amend`, { as: officer, body: { reason: 'r', ...over } });
      await amend({ title: 'Another title' });
      await amend({ entities: [claimant('P1000004')] });
      expect(await returning.sent(id)).toHaveLength(1);
      const more = { ...claimant('P1000004'), protectionClaim: { persecutors: ['rs'] } };
      expect((await amend({ entities: [more] })).status).toBe(200);
      expect((await returning.sent(id))[1]).toMatchObject({ opened: { shield: ['al', 'rs'] } });
    });

    it('is shielded by asylum claimed at an encounter', async () => {
      const id = await returning.open({ person: returnee({ idNumber: ['J1000002'] }) });
      const met = { person: returnee({ idNumber: ['J1000002'] }), at: AT, place: 'Dover', asylumClaimed: true };
      const { json } = await returning.post('encounters', { ...met, release: RELEASE });
      expect((await returning.sent(id)).at(-1)!.opened!.shield).toEqual(['al']);
      const [encounter] = await returning.sent(json.id);
      expect(encounter!.opened!.shield).toEqual(['al']);
      expect(JSON.stringify(encounter!.opened)).not.toContain('asylum');
    });

    it('is shielded by asylum claimed at an encounter that a person says is one of the same person', async () => {
      const id = await returning.open({ person: returnee({ birthDate: ['1990-03-02'] }) });
      const met = { person: returnee({ birthDate: ['1990-03-02'] }), at: AT, place: 'Dover', asylumClaimed: true };
      const { json } = await returning.post('encounters', met);
      await returning.post(`returns/${id}/dismiss-re-entry`, { encounter: json.id });
      await returning.post(`returns/${UNKNOWN}/confirm-re-entry`, { encounter: json.id });
      expect(await returning.sent(id)).toHaveLength(1);
      await returning.post(`returns/${id}/confirm-re-entry`, { encounter: json.id.toUpperCase() });
      expect((await returning.sent(id)).at(-1)).toMatchObject({
        type: 'accord.records.record-reshielded.v1',
        opened: { shield: ['al'] },
      });
    });

    it('mentions none, not even at home', async () => {
      await report('P1000003');
      const id = await returning.open({ person: returnee({ passportNumber: ['P1000003'] }) });
      const own = await returning.get(`returns/${id}`);
      expect(own.json).toMatchObject({ stage: 'opened', state: 'released', returnTo: 'AL' });
      for (const text of [own.text, JSON.stringify((await returning.sent(id))[0]!.opened)]) {
        expect(text.toLowerCase()).not.toMatch(/claim|asylum|refused|appeal/);
      }
    });

    it('knows the same person by biometric reference', async () => {
      const id = await returning.open({ biometricReference: 'AFIS-77' });
      const met = { person: returnee({ nationality: ['sy'] }), at: AT, place: 'Dover', asylumClaimed: true };
      await returning.post('encounters', { ...met, biometricReference: 'AFIS-77' });
      expect((await returning.sent(id)).at(-1)!.opened!.shield).toEqual(['al', 'sy']);
    });
  });
});
