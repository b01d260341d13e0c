import { Agent, request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { RELEASE, Returning } from '../testing/returning.ts';
import { runNode, type RunningNode } from '../testing/running-node.ts';

const UNKNOWN = '01980000-0000-7000-8000-0000000000ff';
const AT = '2026-01-10T12:00:00Z';

describe('hubs over HTTP', () => {
  let gb: RunningNode;
  let officer: string;
  let returning: Returning;

  beforeAll(async () => {
    gb = await runNode();
    officer = await gb.token(['publisher', 'supervisor']);
    returning = new Returning(gb, officer);
  });
  afterAll(() => gb.close());

  const hub = async (places: number): Promise<string> => {
    const { json } = await returning.post('hub-talks', {
      country: 'RS',
      release: { ...RELEASE, audience: 'TASK_FORCE' },
    });
    await returning.post(`hub-talks/${json.id}/start`);
    return (await returning.post(`hub-talks/${json.id}/agree`, { places })).json.hub;
  };
  const scheduled = async (): Promise<string> => {
    const id = await returning.open();
    await returning.post(`returns/${id}/schedule`, { at: AT });
    return id;
  };
  const transfer = (id: string, to: string) => returning.post(`returns/${id}/transfer`, { hub: to, at: AT });
  const takenIn = async (of: string): Promise<string[]> => (await returning.get(`hub-talks/${of}`)).json.taken;
  /** The process dies once the place is taken. */
  const tear = () => Object.assign(gb.faults, { passing: 1, afterAppend: 1 });

  it('are agreed, told without who is in them, and give each place once', async () => {
    const to = await hub(1);
    expect((await returning.sent(to)).map(({ opened }) => opened!.content)).toEqual([
      { country: 'RS', stage: 'proposed' },
      { country: 'RS', stage: 'in-talks' },
      { country: 'RS', stage: 'agreed', places: 1 },
    ]);
    const [one, two] = [await scheduled(), await scheduled()];
    expect(await transfer(one, to)).toMatchObject({ status: 200, json: { id: one } });
    expect(await transfer(two, to)).toMatchObject({
      status: 422,
      json: { code: 'hub.full', errors: [{ path: '/hub', rule: 'free-place' }] },
    });
    expect((await transfer(one, to)).json.code).toBe('return.transferred-to-hub');
    expect((await returning.sent(to)).length).toBe(3);
    expect((await returning.sent(one)).at(-1)!.opened!.content).toMatchObject({ stage: 'transferred-to-hub', hub: to });
    await returning.post(`returns/${one}/close`);
    expect((await transfer(two, to)).status).toBe(200);
  });

  it('have a place free again when a return ends that nobody could close any more', async () => {
    const to = await hub(1);
    const next = async (): Promise<string> => {
      const id = await scheduled();
      expect((await transfer(id, to)).status).toBe(200);
      return id;
    };
    const recalled = await next();
    await returning.post(`returns/${recalled}/recall`, { reason: 'r' });
    const other = await next();
    await returning.post(`returns/${recalled}/erase`, { reason: 'r' });
    expect((await returning.get(`hub-talks/${to}`)).json.taken).toEqual([other]);
    await returning.post(`returns/${other}/erase`, { reason: 'r' });
    const third = await next();
    // Refused, it gives nothing back.
    expect((await returning.post(`returns/${other}/recall`, { reason: 'r' })).status).toBe(409);
    expect((await returning.get(`hub-talks/${to}`)).json.taken).toEqual([third]);
    await returning.post(`hub-talks/${to}/recall`, { reason: 'r' });
    expect((await returning.post(`returns/${third}/recall`, { reason: 'r' })).status).toBe(200);
  });

  it('that are not there take nobody, and no return is moved', async () => {
    const id = await scheduled();
    const { json } = await returning.post('hub-talks', { country: 'BA' });
    for (const to of [UNKNOWN, json.id]) {
      expect(await transfer(id, to)).toMatchObject({ status: 422, json: { code: 'hub.unknown' } });
    }
    await returning.post(`hub-talks/${json.id}/decline`, { reason: 'They said no.' });
    expect((await transfer(id, json.id)).json.code).toBe('hub.unknown');
    expect((await returning.post(`hub-talks/${json.id}/start`)).json.code).toBe('hub-talks.not-proposed');
    expect((await returning.get(`returns/${id}`)).json.stage).toBe('return-scheduled');
    expect((await transfer(await returning.open(), UNKNOWN)).json.code).toBe('return.not-scheduled');
  });

  it('keep the place of a transfer that was torn, and give it to the same return again', async () => {
    const to = await hub(1);
    const id = await scheduled();
    const key = { 'idempotency-key': 'torn' };
    tear();
    const said = { as: officer, body: { hub: to, at: AT } };
    const torn = await gb.call('POST', `/v1/returns/${id}/transfer`, { ...said, headers: key });
    expect(torn.status).toBe(503);
    await gb.restart();
    const other = await scheduled();
    expect((await transfer(other, to)).json.code).toBe('hub.full');
    const again = await gb.call('POST', `/v1/returns/${id}/transfer`, { ...said, headers: key });
    expect(again).toMatchObject({ status: 200, json: { id } });
    const { json } = await returning.get(`hub-talks/${to}`);
    expect(json).toMatchObject({ stage: 'agreed', taken: [id] });
  });

  it('have the place of a torn transfer free again once the return goes another way', async () => {
    const [to, elsewhere] = [await hub(1), await hub(1)];
    const torn = async (): Promise<string> => {
      const id = await scheduled();
      tear();
      expect((await transfer(id, to)).status).toBe(503);
      expect(await takenIn(to)).toEqual([id]);
      return id;
    };
    const ways = [
      ...[['complete', { at: AT }] as const, ['abscond', { at: AT }] as const],
      ...[['recall', { reason: 'r' }] as const, ['erase', { reason: 'r' }] as const],
      ['transfer', { hub: elsewhere, at: AT }] as const,
    ];
    for (const [what, body] of ways) {
      const id = await torn();
      if (what === 'complete') await gb.restart();
      expect(await returning.post(`returns/${id}/${what}`, body)).toMatchObject({ status: 200 });
      expect(await takenIn(to)).toEqual([]);
    }
    expect(await takenIn(elsewhere)).toHaveLength(1);
  });

  it('take no place of a transfer that was torn before it', async () => {
    const to = await hub(1);
    const id = await scheduled();
    gb.faults.afterAppend = 1;
    expect((await transfer(id, to)).status).toBe(503);
    expect(await takenIn(to)).toEqual([]);
    expect((await returning.get(`returns/${id}`)).json).not.toHaveProperty('asked');
    expect((await transfer(await scheduled(), to)).status).toBe(200);
    expect((await returning.post(`returns/${id}/complete`, { at: AT })).status).toBe(200);
  });

  it('are never overbooked, however many come at once', async () => {
    const to = await hub(10);
    const ids = await Promise.all(Array.from({ length: 15 }, scheduled));
    // Each return is asked for over and over, as many callers would.
    const agent = new Agent({ keepAlive: true, maxSockets: 200 });
    const asked = Array.from({ length: 1_000 }, (_, n) => {
      const url = `${gb.base}/v1/returns/${ids[n % ids.length]}/transfer`;
      return codeOf(url, { agent, token: officer, body: { hub: to, at: AT } });
    });
    const codes = await Promise.all(asked);
    agent.destroy();
    expect(codes.filter((code) => code === 'moved')).toHaveLength(10);
    expect(new Set(codes)).toEqual(new Set(['moved', 'hub.full', 'return.transferred-to-hub']));
    const { json } = await returning.get(`hub-talks/${to}`);
    expect(new Set(json.taken).size).toBe(10);
  });
});
/** As many requests as are asked for wait at once; a system lets a server have only so many connections that wait. */
const codeOf = (url: string, { agent, token, body }: { agent: Agent; token: string; body: object }): Promise<string> =>
  new Promise((resolve, reject) => {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    const asking = request(url, { method: 'POST', agent, headers }, (answer) => {
      let text = '';
      answer.setEncoding('utf8').on('data', (piece: string) => (text += piece));
      answer.on('end', () =>
        resolve(answer.statusCode === 200 ? 'moved' : (JSON.parse(text) as { code: string }).code),
      );
    });
    asking.on('error', reject).end(JSON.stringify(body));
  });
