import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { HttpWorld } from '../intake/testing/http.ts';
import { acknowledged, amended, ended, released, reshielded } from '../intake/testing/said.ts';
import { uuid } from '../intake/testing/source.ts';

const SHIELDED = uuid('shielded');
const RECALLED = uuid('recalled');
const OTHER = uuid('other');

interface Told {
  id: string;
  record: string;
  at: string;
}

describe('a member that was served two records, of which one is shielded from it and one is recalled', () => {
  let http: HttpWorld;
  beforeAll(async () => {
    http = await HttpWorld.open();
    await say('GB', released(SHIELDED), released(RECALLED), released(OTHER));
    await ask('AL', 'changes');
    for (const record of [SHIELDED, RECALLED]) expect((await ask('AL', `reports/${record}`)).status).toBe(200);
    expect((await ask('XK', `reports/${SHIELDED}`)).status).toBe(200);
  });
  afterAll(() => http.close());

  const say = async (member: string, ...said: Parameters<HttpWorld['world']['say']>[1][]) => {
    await http.world.say(member, ...said);
    await http.world.settled();
  };
  const ask = async (member: string, path: string) => http.call('GET', `/v1/${path}`, await http.token(member));
  const notices = async (member: string): Promise<Told[]> => (await ask(member, 'notices')).json.items;
  const recordsTold = async (member: string) => (await notices(member)).map(({ record }) => record).sort();

  /** All that AL is told of each, but for what is its own of it: ids and times. */
  const seen = async () => {
    const lists: object[][] = [];
    for (const path of ['reports', 'notices', 'changes', 'permission-requests'])
      lists.push((await ask('AL', path)).json.items);
    const of = async (record: string) => {
      const items = lists.map((list) => list.map((item) => JSON.stringify(item)));
      const its = items.map((list) => list.filter((item) => item.includes(record)).map(withoutOwn));
      const { status, text } = await ask('AL', `reports/${record}`);
      return [status, withoutOwn(text), ...its];
    };
    return { shielded: await of(SHIELDED), recalled: await of(RECALLED) };
  };
  const alike = async () => {
    const { shielded, recalled } = await seen();
    expect(shielded).toEqual(recalled);
    expect((shielded[3] as string[]).length).toBe(1);
  };

  it('can not tell the one from the other', async () => {
    await say('GB', reshielded(SHIELDED, ['al']), ended(RECALLED, 'recalled'));
    expect(await recordsTold('AL')).toEqual([SHIELDED, RECALLED].sort());
    await alike();
    expect(await notices('XK')).toEqual([]);
  });

  it('nor by what comes later', async () => {
    const before = await notices('AL');
    await say('GB', amended(SHIELDED, { version: 2 }), ended(SHIELDED, 'recalled'));
    expect(await notices('AL')).toEqual(before);
    await alike();
    expect(await recordsTold('XK')).toEqual([SHIELDED]);
  });

  it('nor by what it took note of, or by the erasure of both', async () => {
    const before = await notices('AL');
    await say('AL', ...before.map(({ id }) => acknowledged(uuid(`noted ${id}`), id)));
    expect(await notices('AL')).toEqual(before.map((one) => ({ ...one, acknowledged: true })));
    await alike();
    await say('GB', ended(SHIELDED, 'erased'), ended(RECALLED, 'erased'));
    expect(await notices('AL')).toMatchObject(
      [RECALLED, SHIELDED].map((record) => ({ kind: 'recall', record, acknowledged: false })),
    );
    await alike();
    expect(await recordsTold('XK')).toEqual([SHIELDED]);
  });

  it('nor after a rebuild, which has their keys no more', async () => {
    const before = await notices('AL');
    const tables = await http.world.side.replay();
    expect(tables.filter((table) => table.before !== table.after)).toEqual([]);
    expect(tables.find(({ name }) => name === 'withdrawals')).toMatchObject({ rows: 6 });
    expect(await notices('AL')).toEqual(before);
  });
});

const withoutOwn = (text: string): string =>
  text
    .replaceAll(/[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}/g, '…')
    .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, '…')
    .replaceAll(/"traceId":"[^"]*"/g, '…');
