import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { RegistryHarness, type Reply } from './testing/harness.ts';

describe('amending an agreement, over HTTP', () => {
  let registry: RegistryHarness;
  let id: string;
  const of = (path: string) => `/v1/agreements/${id}${path}`;
  const read = async (member = 'GB') => (await registry.read(member, of(''))).body;

  beforeAll(async () => {
    registry = await RegistryHarness.start();
    const terms = { title: 'Documents', parties: ['GB', 'AL'], categories: ['document'], purposes: ['document-fraud'] };
    const drafted = await registry.speak('GB', '/v1/agreements', { ...terms, validFrom: '2025-01-01', onward: false });
    id = drafted.body.id;
    for (const member of ['GB', 'AL']) await registry.speak(member, of('/sign'));
  });
  afterAll(() => registry.stop());

  it.each([
    [{ parties: ['GB', 'XK'] }, '/parties'],
    [{ categories: [] }, '/categories'],
    [{ purposes: ['sport'] }, '/purposes'],
    [{ validTo: '2025-02-30' }, '/validTo'],
    [{ onward: 'yes' }, '/onward'],
    [{ title: ' ' }, '/title'],
  ])('refuses %j', async (body, path) => {
    expect(await registry.speak('AL', of('/amend'), body)).toMatchObject({ status: 400, body: { errors: [{ path }] } });
  });

  it('keeps the old terms in force until each party has signed the new ones', async () => {
    const change = { categories: ['document', 'return'], validTo: '2030-01-01', reason: 'Returns too' };
    const key = { 'idempotency-key': 'amend-1' };
    expect(await registry.speak('AL', of('/amend'), change, key)).toMatchObject({
      status: 200,
      body: { id, version: 4, revision: 2 },
    });
    expect((await registry.speak('AL', of('/amend'), change, key)).body).toEqual({ id, version: 4, revision: 2 });
    expect(await registry.speak('GB', of('/amend'), change)).toMatchObject({
      status: 409,
      body: { code: 'agreement.amendment-pending' },
    });
    await registry.speak('AL', of('/amendments/2/sign'));
    expect(await read()).toMatchObject({
      ...{ state: 'in-force', categories: ['document'], validTo: null, revision: 1 },
      amendment: { revision: 2, categories: ['document', 'return'], validTo: '2030-01-01T00:00:00Z', signedBy: ['AL'] },
    });
    expect(await registry.speak('GB', of('/amendments/1/sign'))).toMatchObject({ status: 409 });
    expect(await registry.speak('GB', of('/amendments/2/sign'))).toMatchObject({ status: 200, body: { version: 6 } });
    expect(await read('AL')).toMatchObject({
      ...{ state: 'in-force', categories: ['document', 'return'], validTo: '2030-01-01T00:00:00Z' },
      ...{ revision: 2, amendment: null, signedBy: ['AL', 'GB'] },
    });
    const said = await registry.said('/registry/agreements');
    expect(
      said.map(({ type, data }) => [type.split('agreement-')[1], (data as { categories: string[] }).categories.length]),
    ).toEqual([
      ['drafted.v1', 1],
      ['signed.v1', 1],
      ['entered-into-force.v1', 1],
      ['amendment-proposed.v1', 1],
      ['amendment-signed.v1', 1],
      ['amended.v1', 2],
    ]);
  });

  it('shows the terms of each version in its history', async () => {
    const { items } = (await registry.read('GB', of('/history'))).body;
    expect(items.map((i: Record<string, unknown>) => [i.version, i.event, i.by, i.state, i.revision])).toEqual([
      [6, 'amended', 'GB', 'in-force', 2],
      [5, 'amendment-signed', 'AL', 'in-force', 2],
      [4, 'amendment-proposed', 'AL', 'in-force', 2],
      [3, 'entered-into-force', 'AL', 'in-force', 1],
      [2, 'signed', 'GB', 'draft', 1],
      [1, 'drafted', 'GB', 'draft', 1],
    ]);
    expect(items[5].terms.categories).toEqual(['document']);
    expect(items[2]).toMatchObject({ reason: 'Returns too', terms: { categories: ['document', 'return'] } });
    expect(items.every(({ at }: { at: string }) => at.endsWith('Z'))).toBe(true);
    const page = (await registry.read('GB', of('/history?limit=2'))).body;
    expect((await registry.read('GB', of(`/history?limit=2&cursor=${page.next}`))).body.items[0].version).toBe(4);
  });

  it('is declined by any party', async () => {
    expect((await registry.speak('GB', of('/amend'), { onward: true })).body.revision).toBe(3);
    expect((await registry.speak('AL', of('/amendments/3/decline'), { reason: 'No' })).status).toBe(200);
    expect(await read()).toMatchObject({ onward: false, revision: 2, amendment: null });
  });

  it('is not there for a third member, word for word', async () => {
    const missing = id.replace(/.$/, (c) => (c === '0' ? '1' : '0'));
    const text = ({ status, text }: Reply) => [status, text.replace(/"traceId":"[^"]*"/, '')];
    const calls: [string, string, object?][] = [
      ['GET', ''],
      ['GET', '/history'],
      ['GET', '/history?cursor=abc'],
      ['POST', '/amend', { onward: true }],
      ...['/sign', '/suspend', '/resume', '/terminate', '/amendments/2/sign', '/amendments/2/decline'].map(
        (path): [string, string, object] => ['POST', path, {}],
      ),
    ];
    const as = await registry.admin('XK');
    for (const [method, path, body] of calls) {
      const ask = (of: string, n: number) =>
        registry.call(method, `/v1/agreements/${of}${path}`, {
          as,
          body,
          headers: { 'if-match': '"9"', 'idempotency-key': `${path}-${n}` },
        });
      const [there, again, absent] = [await ask(id, 1), await ask(id, 1), await ask(missing, 2)];
      expect([path, ...text(there)]).toEqual([path, ...text(absent)]);
      expect(text(again)).toEqual(text(absent));
      expect(there.status).toBe(404);
    }
    expect((await registry.read('XK', '/v1/agreements')).body).toEqual({ items: [], next: null });
  });

  it('comes back as it was', async () => {
    const before = await read();
    registry = await registry.restart({ founders: [] });
    expect(await read()).toEqual(before);
  });
});
