import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { person, reportBody } from '../testing/bodies.ts';
import { runNode, type RunningNode } from '../testing/running-node.ts';

const UNKNOWN = '01980000-0000-7000-8000-0000000000ff';

describe('operations over HTTP', () => {
  let gb: RunningNode;
  let officer: string;
  let publisher: string;

  beforeAll(async () => {
    gb = await runNode();
    officer = await gb.token(['publisher', 'supervisor']);
    publisher = await gb.token(['publisher']);
  });
  afterAll(() => gb.close());

  const body = (over: object = {}) => ({
    name: 'Operation Shembull',
    participants: ['AL'],
    purposes: ['people-smuggling'],
    area: 'Durrës',
    window: { from: '2026-01-01T00:00:00Z', to: '2026-01-02T00:00:00Z' },
    targets: [],
    classification: 'OFFICIAL',
    ...over,
  });
  const plan = (over: object = {}, as = officer) => gb.call('POST', '/v1/operations', { as, body: body(over) });
  const act = (id: string, what: string, said: object = {}, as = officer) =>
    gb.call('POST', `/v1/operations/${id}/${what}`, { as, body: said });
  const sent = async (id: string) => (await gb.relayed()).filter(({ subject }) => subject === id);

  it('plans, launches and concludes, each told to the participants', async () => {
    const { status, json } = await plan();
    expect({ status, version: json.version }).toEqual({ status: 201, version: 1 });
    expect(await act(json.id, 'launch')).toMatchObject({ status: 200, json: { id: json.id, version: 2 } });
    expect(await act(json.id, 'conclude', { outcome: 'Dissolved' })).toMatchObject({
      status: 200,
      json: { version: 3 },
    });
    const events = await sent(json.id);
    expect(events.map(({ type }) => type.split('.')[2])).toEqual([
      'operation-planned',
      'operation-launched',
      'operation-concluded',
    ]);
    expect(events[0]).toMatchObject({
      access: { audience: ['AL'], category: 'operation', handlingcodes: ['H0'], reviewby: '2029-01-31' },
      opened: { shield: [], content: { name: 'Operation Shembull', participants: ['AL'] } },
    });
    expect(events[2]!.opened!.content).toEqual({ outcome: 'Dissolved' });
    expect(await act(json.id, 'launch')).toMatchObject({ status: 409, json: { code: 'operation.concluded' } });
  });

  it('asks for both roles', async () => {
    expect((await plan({}, publisher)).status).toBe(403);
    expect((await act(UNKNOWN, 'approve', {}, publisher)).status).toBe(403);
  });

  it('stores a claim whether its operation is known or not, and only once', async () => {
    const answers = [await act(UNKNOWN, 'approve'), await act(UNKNOWN, 'approve')];
    expect(answers.map(({ status, json }) => ({ status, json }))).toEqual(
      answers.map(() => ({ status: 200, json: { id: UNKNOWN, version: 1 } })),
    );
    const approvals = (await gb.relayed()).filter(({ type }) => type.endsWith('operation-approved.v1'));
    expect(approvals).toHaveLength(1);
    expect(approvals[0]!.opened).toEqual({ shield: [], content: { operation: UNKNOWN } });
    const count = await gb.count();
    expect(await act(UNKNOWN, 'launch')).toMatchObject({ status: 200, json: { id: UNKNOWN } });
    expect(await gb.count()).toBe(count + 1);
  });

  it('makes each contribution a record of this member, with its own shield', async () => {
    const claimant = person('v', { name: ['Test Viktimë'], nationality: ['al'] }, { protectionClaim: true });
    const { json: report } = await gb.call('POST', '/v1/reports', {
      as: publisher,
      body: reportBody({ entities: [claimant] }),
    });
    const at = '2026-01-01T05:00:00Z';
    const toCome = await act(UNKNOWN, 'rescues', { count: 14, at: '2026-02-01T13:00:00Z', place: 'Vlorë' }, publisher);
    expect(toCome).toMatchObject({ status: 422, json: { code: 'time.future', errors: [{ path: '/at' }] } });
    const arrests = await act(
      UNKNOWN,
      'arrests',
      { count: 2, at, place: 'Durrës', offence: 'people smuggling', subjects: [report.entities.v] },
      publisher,
    );
    expect(arrests).toMatchObject({ status: 201, json: { version: 1 } });
    expect(arrests.headers.get('location')).toBe(`/v1/contributions/${arrests.json.id}`);
    const seizure = await act(UNKNOWN, 'seizures', { kind: 'boat', quantity: 3, unit: 'item', at }, publisher);
    const rescue = await act(UNKNOWN, 'rescues', { count: 14, at, place: 'Vlorë' }, publisher);
    expect((await sent(arrests.json.id))[0]!.opened).toMatchObject({
      shield: ['al'],
      content: { operation: UNKNOWN, count: 2 },
    });
    expect((await sent(seizure.json.id))[0]!.opened!.content).toMatchObject({ kind: 'boat', quantity: 3 });
    expect((await sent(rescue.json.id))[0]!.opened!.content).toMatchObject({ count: 14 });
  });

  it('shields a target, and again when a claim becomes known later', async () => {
    const known = person('t', { name: ['Arben Shembulli'], nationality: ['xk'], passportNumber: ['K1234567'] });
    const { json: report } = await gb.call('POST', '/v1/reports', {
      as: publisher,
      body: reportBody({ entities: [known] }),
    });
    const { json: operation } = await plan({ targets: [report.entities.t], audience: 'TASK_FORCE' });
    expect((await sent(operation.id))[0]!.opened!.shield).toEqual([]);
    const claim = person('x', { name: ['A. Shembulli'], passportNumber: ['k-123 4567'] }, { protectionClaim: true });
    await gb.call('POST', '/v1/reports', { as: publisher, body: reportBody({ entities: [claim] }) });
    const events = await sent(operation.id);
    expect(events[1]).toMatchObject({ type: 'accord.records.record-reshielded.v1', opened: { shield: ['xk'] } });
  });

  it('recalls and erases what is its own, and nothing else', async () => {
    const { json } = await plan({ externalId: 'OP-1' });
    expect((await plan({ externalId: 'OP-1' })).status).toBe(200);
    expect(await plan({ externalId: 'OP-1', area: 'Vlorë' })).toMatchObject({
      status: 409,
      json: { code: 'external-id-reused' },
    });
    expect((await act(json.id, 'recall', { reason: 'test' })).status).toBe(200);
    expect(await act(json.id, 'launch')).toMatchObject({ status: 409, json: { code: 'operation.recalled' } });
    expect((await act(json.id, 'erase', { reason: 'test' })).status).toBe(200);
    expect((await act(UNKNOWN, 'recall', { reason: 'test' })).status).toBe(404);
    const shown = await gb.call('GET', `/v1/operations/${json.id}`, { as: officer });
    expect(shown.json).toEqual({ id: json.id, state: 'erased', version: 3, updatedAt: expect.any(String) });
  });

  it('lists what this member leads, newest first', async () => {
    const first = await gb.call('GET', '/v1/operations?limit=2', { as: publisher });
    const second = await gb.call('GET', `/v1/operations?limit=2&cursor=${first.json.next}`, { as: publisher });
    expect([...first.json.items, ...second.json.items].map((one: { state: string }) => one.state)).toEqual([
      'erased',
      'released',
      'released',
    ]);
    expect((await gb.call('GET', '/v1/contributions', { as: publisher })).json.items).toHaveLength(3);
  });
});
