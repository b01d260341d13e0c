import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { runNode, type RunningNode } from '../testing/running-node.ts';

const UNKNOWN = '01980000-0000-7000-8000-0000000000ff';
const release = { audience: ['AL'], purposes: ['statistics'] };
const DAY = { date: '2025-05-15', kind: 'provisional', migrants: 120, boats: 2 };
const MONTH = {
  period: '2025-04',
  kind: 'reconciled',
  route: 'Channel',
  migrants: 50,
  nationalities: [
    { country: 'XK', count: 3 },
    { country: 'al', count: 30 },
  ],
};

describe('crossings over HTTP', () => {
  let gb: RunningNode;
  let officer: string;
  let publisher: string;

  beforeAll(async () => {
    gb = await runNode();
    officer = await gb.token(['publisher', 'supervisor']);
    publisher = await gb.token(['publisher']);
  });
  afterAll(() => gb.close());

  const report = (body: object, as = officer) => gb.call('POST', '/v1/crossings', { as, body });
  const act = (id: string, what: string, body: object, as = officer) =>
    gb.call('POST', `/v1/crossings/${id}/${what}`, { as, body });
  const sent = async (id: string) =>
    (await gb.relayed())
      .filter(({ subject }) => subject === id)
      .map(({ type, opened }) => [type.split('.')[2], opened?.content]);

  it('are reported once: the same again appends nothing, and another number is a correction', async () => {
    const first = await report({ ...DAY, release });
    expect(first).toMatchObject({ status: 201, json: { version: 2 } });
    const { id } = first.json;
    const count = await gb.count();
    expect(await report({ ...DAY, release })).toMatchObject({ status: 200, json: first.json });
    expect(await report(DAY)).toMatchObject({ status: 200, json: first.json });
    expect(await gb.count()).toBe(count);
    expect(await report({ ...DAY, migrants: 130 })).toMatchObject({ status: 200, json: { id, version: 3 } });
    expect(await sent(id)).toEqual([
      ['crossing-reported', DAY],
      ['crossing-corrected', { ...DAY, migrants: 130 }],
    ]);
    expect((await report({ ...DAY, migrants: 140 }, publisher)).status).toBe(403);
    expect((await report({ ...DAY, kind: 'reconciled' })).json.id).not.toBe(id);
    expect((await report({ ...DAY, route: 'Channel' })).json.id).not.toBe(id);
  });

  it('are corrected in the version that is named, and in no other', async () => {
    const body = { ...DAY, date: '2025-05-17' };
    const { json } = await report(body);
    const corrected = async (migrants: number, version: number) => {
      const headers = { 'if-match': `"${version}"` };
      const answer = await gb.call('POST', '/v1/crossings', { as: officer, body: { ...body, migrants }, headers });
      return [answer.status, answer.json.code ?? answer.json];
    };
    expect(await corrected(7, 2)).toEqual([412, 'version-conflict']);
    expect(await corrected(7, 1)).toEqual([200, { id: json.id, version: 2 }]);
    expect(await corrected(8, 1)).toEqual([412, 'version-conflict']);
  });

  it('stay at the node until they are released, and then leave as they have become', async () => {
    const { json } = await report(MONTH, publisher);
    expect(json.version).toBe(1);
    expect((await report({ ...MONTH, migrants: 51 }, publisher)).json).toEqual({ id: json.id, version: 2 });
    expect(await sent(json.id)).toEqual([]);
    expect((await act(json.id, 'release', release, publisher)).status).toBe(403);
    expect((await act(json.id, 'release', release)).json).toEqual({ id: json.id, version: 3 });
    const nationalities = [
      { country: 'al', count: 30 },
      { country: 'xk', count: 3 },
    ];
    expect(await sent(json.id)).toEqual([['crossing-reported', { ...MONTH, migrants: 51, nationalities }]]);
    const { access } = (await gb.relayed()).find(({ subject }) => subject === json.id)!;
    expect(access).toMatchObject({ category: 'crossing', classification: 'OFFICIAL', handlingcodes: ['H0'] });
  });

  it('are reported many at once, each as it would be alone', async () => {
    const send = async (lines: (object | string)[], as = officer) => {
      const raw = lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n');
      const headers = { 'content-type': 'application/x-ndjson' };
      const { text } = await gb.call('POST', '/v1/crossings:batch', { as, raw, headers });
      return text.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line)]));
    };
    const day = (date: string, over: object = {}) => ({ ...DAY, date, release, ...over });
    const days = Array.from({ length: 28 }, (_, n) => day(`2024-02-${String(n + 1).padStart(2, '0')}`));
    const first = await send([...days, '{"not json', '', day('2024-02-30'), day('2027-01-01'), day('2024-02-01')]);
    expect(first.slice(0, 28)).toEqual(
      days.map((_, n) => ({ line: n + 1, status: 'accepted', id: expect.any(String), version: 2 })),
    );
    expect(first.slice(28)).toMatchObject([
      { line: 29, status: 'rejected' },
      { line: 31, status: 'rejected', code: 'invalid-request', errors: [{ path: '/date' }] },
      { line: 32, status: 'rejected', code: 'time.future' },
      { line: 33, status: 'accepted', id: first[0].id, version: 2 },
    ]);
    expect(await report(days[0]!)).toMatchObject({ status: 200, json: { id: first[0].id, version: 2 } });
    const count = await gb.count();
    expect(await send(days)).toEqual(first.slice(0, 28));
    expect(await gb.count()).toBe(count);
    // The later line of two is a correction of the earlier; a correction of what was released is a supervisor's.
    const corrected = [day('2024-02-01', { migrants: 7 }), day('2024-02-01', { migrants: 8 })];
    expect(await send(corrected)).toMatchObject([{ version: 3 }, { version: 4 }]);
    expect((await sent(first[0].id)).map(([type, content]) => [type, (content as typeof DAY).migrants])).toEqual([
      ['crossing-reported', 120],
      ['crossing-corrected', 7],
      ['crossing-corrected', 8],
    ]);
    const said = { ...DAY, date: '2024-02-02', migrants: 9 };
    expect(await send([said, day('2024-03-01'), { ...DAY, date: '2024-03-01' }], publisher)).toMatchObject([
      { line: 1, status: 'rejected', code: 'forbidden' },
      { line: 2, status: 'rejected', code: 'forbidden' },
      { line: 3, status: 'accepted', version: 1 },
    ]);
  });

  it('are recalled and erased, and not reported again after that', async () => {
    const { json } = await report({ ...DAY, date: '2025-05-16', release });
    expect((await act(json.id, 'recall', { reason: 'An error' })).status).toBe(200);
    expect(await report({ ...DAY, date: '2025-05-16' })).toMatchObject({
      status: 409,
      json: { code: 'crossing.recalled' },
    });
    expect((await act(json.id, 'erase', { reason: 'An error' })).status).toBe(200);
    expect(await report({ ...DAY, date: '2025-05-16' })).toMatchObject({
      status: 409,
      json: { code: 'crossing.erased' },
    });
    expect((await act(UNKNOWN, 'recall', { reason: 'r' })).status).toBe(404);
  });

  it.each([
    ['a day that is none', { ...DAY, date: '2025-02-30' }, '400 invalid-request /date format'],
    ['a period that is none', { ...MONTH, period: 'April' }, '400 invalid-request /period pattern'],
    ['a month that is none', { ...MONTH, period: '2025-13' }, '422 crossing.invalid /period period'],
    ['a day and a period', { ...DAY, period: '2025-05' }, '422 crossing.invalid /period date-or-period'],
    ['a day to come', { ...DAY, date: '2026-02-03' }, '422 time.future /date past'],
    ['a month to come', { ...MONTH, period: '2026-03' }, '422 time.future /period past'],
    ['no day', { ...DAY, date: undefined }, '422 crossing.invalid /date required'],
    ['no boats', { ...DAY, boats: undefined }, '422 crossing.invalid /boats required'],
    ['fewer than nobody', { ...DAY, migrants: -1 }, '400 invalid-request /migrants minimum'],
    ['half a person', { ...DAY, migrants: 0.5 }, '400 invalid-request /migrants type'],
    ['text for a number', { ...DAY, boats: '2' }, '400 invalid-request /boats type'],
    ['a kind that is none', { ...DAY, kind: 'imagined' }, '400 invalid-request /kind enum'],
    ['more nationals than people', { ...MONTH, migrants: 10 }, '422 crossing.invalid /nationalities sum'],
    [
      'a country that is none',
      { ...MONTH, nationalities: [{ country: 'zz', count: 1 }] },
      '422 crossing.invalid /nationalities/0/country country',
    ],
    ['an unknown field', { ...DAY, weather: 'calm' }, '400 invalid-request /weather unknown-field'],
    ['H3 without its text', { ...DAY, handlingCodes: ['H3'] }, '400 invalid-request /handlingText required'],
  ])('refuse %s', async (_, body, answer) => {
    const count = await gb.count();
    const { status, json } = await report(body);
    expect(`${status} ${json.code} ${json.errors[0].path} ${json.errors[0].rule}`).toBe(answer);
    expect(await gb.count()).toBe(count);
  });

  it('are shown to their own member', async () => {
    const { json } = await gb.call('GET', '/v1/crossings?limit=500', { as: publisher });
    expect(json.items).toContainEqual(expect.objectContaining({ ...DAY, migrants: 130, state: 'released' }));
    const { id } = json.items.find(({ migrants }: { migrants: number }) => migrants === 130);
    const history = await gb.call('GET', `/v1/crossings/${id}/history`, { as: publisher });
    expect(history.json.items.map(({ type }: { type: string }) => type)).toEqual([
      'crossing-submitted',
      'crossing-released',
      'crossing-corrected',
    ]);
  });
});
