import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { runNode, type RunningNode } from '../testing/running-node.ts';

const NOTICE = '01980000-0000-8000-8000-0000000000c1';
const RECORD = '01980000-0000-7000-8000-000000000001';
const REQUEST = '01980000-0000-7000-8000-0000000000b1';
const SCOPE = 'Proceedings 12/2026';

describe('words over HTTP', () => {
  let al: RunningNode;
  let publisher: string;
  let supervisor: string;

  beforeAll(async () => {
    al = await runNode();
    publisher = await al.token(['publisher']);
    supervisor = await al.token(['supervisor']);
  });
  afterAll(() => al.close());

  const say = (path: string, body: object, as: string, headers: Record<string, string> = {}) =>
    al.call('POST', `/v1/${path}`, { as, body, headers });
  const said = async (what: string) => (await al.relayed()).filter(({ type }) => type.endsWith(`.${what}.v1`));

  it('takes an acknowledgement of whatever notice, once', async () => {
    for (const as of [publisher, supervisor]) {
      const answer = await say(`notices/${NOTICE}/acknowledge`, {}, as);
      expect(answer).toMatchObject({ status: 200, json: { id: NOTICE, version: 1 } });
    }
    const [event, ...others] = await said('notice-acknowledged');
    expect(others).toEqual([]);
    expect(event!.opened).toEqual({ shield: [], content: { notice: NOTICE } });
    expect(event!.access).toBeUndefined();
  });

  it('asks for a permission, and makes each request a thing of its own', async () => {
    const body = { record: RECORD, code: 'H1', scope: SCOPE, reason: 'It is part of the charge.' };
    const headers = { 'idempotency-key': 'ask-1' };
    const first = await say('permission-requests', body, publisher, headers);
    expect(first).toMatchObject({ status: 201, json: { version: 1 } });
    expect(first.headers.get('location')).toBe(`/v1/permission-requests/${first.json.id}`);
    expect((await say('permission-requests', body, publisher, headers)).json).toEqual(first.json);
    const second = await say('permission-requests', body, publisher);
    expect(second.json.id).not.toBe(first.json.id);
    const events = await said('permission-requested');
    expect(events.map(({ subject }) => subject)).toEqual([first.json.id, second.json.id]);
    expect(events[0]!.opened).toEqual({ shield: [], content: body });
  });

  it('answers a request that it cannot know, and takes one back', async () => {
    const grant = { scope: SCOPE, until: '2027-01-01T00:00:00Z' };
    const at = `permission-requests/${REQUEST}`;
    for (const [verb, body, as] of [
      ['grant', grant, supervisor],
      ['refuse', { reason: 'It would show a source.' }, supervisor],
      ['grant', grant, supervisor],
      ['withdraw', {}, publisher],
      ['withdraw', {}, publisher],
    ] as const) {
      expect(await say(`${at}/${verb}`, body, as)).toMatchObject({ status: 200, json: { id: REQUEST, version: 1 } });
    }
    const counts = [];
    for (const what of ['granted', 'refused', 'withdrawn']) counts.push((await said(`permission-${what}`)).length);
    expect(counts).toEqual([2, 1, 1]);
    expect((await said('permission-granted'))[0]!.opened!.content).toEqual({ request: REQUEST, ...grant });
  });

  it('grants nothing that has ended, but answers a grant again that has ended since', async () => {
    const at = `permission-requests/${REQUEST}/grant`;
    const key = { 'idempotency-key': 'grant-1' };
    const until = '2026-02-01T12:01:00Z';
    const granted = await say(at, { scope: SCOPE, until }, supervisor, key);
    expect(granted.status).toBe(200);
    al.clock.time += 60_000;
    expect(await say(at, { scope: SCOPE, until }, supervisor, key)).toMatchObject({ status: 200, json: granted.json });
    const count = await al.count();
    expect(await say(at, { scope: SCOPE, until }, supervisor)).toMatchObject({
      status: 422,
      json: { code: 'time.past', errors: [{ path: '/until', rule: 'future' }] },
    });
    expect(await al.count()).toBe(count);
  });

  it('leaves granting and refusing to supervisors, and asking to publishers', async () => {
    const at = `permission-requests/${REQUEST}`;
    expect((await say(`${at}/grant`, {}, publisher)).status).toBe(403);
    expect((await say(`${at}/refuse`, {}, publisher)).status).toBe(403);
    expect((await say(`${at}/withdraw`, {}, supervisor)).status).toBe(403);
    expect((await say('permission-requests', {}, supervisor)).status).toBe(403);
  });

  it.each([
    ['permission-requests', { record: 'x', code: 'H1', scope: SCOPE, reason: 'r' }, '/record'],
    ['permission-requests', { record: RECORD, code: 'H0', scope: SCOPE, reason: 'r' }, '/code'],
    [`permission-requests/${REQUEST}/grant`, { scope: SCOPE }, '/until'],
    [`permission-requests/${REQUEST}/grant`, { scope: SCOPE, until: 'tomorrow' }, '/until'],
    [`permission-requests/${REQUEST}/refuse`, { reason: ' ' }, '/reason'],
    [`notices/${NOTICE}/acknowledge`, { x: 1 }, '/x'],
  ])('refuses %s %j at %s', async (path, body, where) => {
    const officer = await al.token(['publisher', 'supervisor']);
    const answer = await say(path, body, officer);
    expect(answer).toMatchObject({ status: 400, json: { code: 'invalid-request', errors: [{ path: where }] } });
  });
});
