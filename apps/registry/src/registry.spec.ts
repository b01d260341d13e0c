import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readHeartbeat, verifySignature } from '#contracts';
import { RegistryHarness } from './testing/harness.ts';

describe('the registry, over HTTP', () => {
  let registry: RegistryHarness;
  beforeAll(async () => {
    registry = await RegistryHarness.start();
  });
  afterAll(() => registry.stop());

  const propose = { code: 'MK', name: 'North Macedonia', contact: 'Accord desk Skopje' };
  const terms = {
    title: 'Document fraud',
    parties: ['GB', 'AL'],
    categories: ['document'],
    purposes: ['document-fraud'],
    validFrom: '2025-01-01',
    onward: false,
  };

  it('has founded the task force', async () => {
    const { status, body } = await registry.read('GB', '/v1/members');
    expect(status).toBe(200);
    expect(body.next).toBeNull();
    expect(body.items.map((m: Record<string, unknown>) => [m.code, m.bit, m.state, m.issuer])).toEqual([
      ['XK', 2, 'active', 'urn:test:issuer:XK'],
      ['GB', 0, 'active', 'urn:test:issuer:GB'],
      ['AL', 1, 'active', 'urn:test:issuer:AL'],
    ]);
  });

  it('takes a proposal, and gives it the next place', async () => {
    const reply = await registry.speak('GB', '/v1/members', propose, { 'idempotency-key': 'propose-mk' });
    expect(reply).toMatchObject({ status: 201, body: { id: 'MK', version: 1 } });
    expect(reply.headers.get('location')).toBe('/v1/members/MK');
    const again = await registry.speak('GB', '/v1/members', propose, { 'idempotency-key': 'propose-mk' });
    expect(again).toMatchObject({ status: 201, body: { id: 'MK', version: 1 } });
    expect(
      await registry.speak('GB', '/v1/members', { ...propose, name: 'Other' }, { 'idempotency-key': 'propose-mk' }),
    ).toMatchObject({ status: 409, body: { code: 'idempotency-key-reused' } });
    expect(await registry.speak('AL', '/v1/members', propose)).toMatchObject({
      status: 409,
      body: { code: 'member.exists' },
    });
    expect((await registry.read('AL', '/v1/members/MK')).body).toMatchObject({
      ...propose,
      bit: 3,
      state: 'proposed',
      issuer: null,
      votes: [],
      version: 1,
    });
    expect((await registry.read('AL', '/v1/members')).body.items[0].code).toBe('MK');
  });

  it('shows a history to every member, whatever the role', async () => {
    const analyst = await registry.token('XK', ['analyst']);
    const { body } = await registry.call('GET', '/v1/members/MK/history', { as: analyst });
    expect(body).toEqual({
      items: [{ version: 1, event: 'proposed', by: 'GB', at: expect.stringMatching(/Z$/), state: 'proposed' }],
      next: null,
    });
  });

  it('pages its lists', async () => {
    const first = await registry.read('GB', '/v1/members?limit=3');
    expect(first.body.items).toHaveLength(3);
    const second = await registry.read('GB', `/v1/members?limit=3&cursor=${first.body.next}`);
    expect(second.body.items).toHaveLength(1);
    expect(second.body.next).toBeNull();
  });

  let id: string;
  it('drafts an agreement, known to its parties only', async () => {
    const reply = await registry.speak('GB', '/v1/agreements', terms, { 'idempotency-key': 'draft-1' });
    expect(reply).toMatchObject({ status: 201, body: { version: 1 } });
    id = reply.body.id;
    expect(reply.headers.get('location')).toBe(`/v1/agreements/${id}`);
    expect((await registry.speak('GB', '/v1/agreements', terms, { 'idempotency-key': 'draft-1' })).body.id).toBe(id);
    expect((await registry.read('AL', `/v1/agreements/${id}`)).body).toMatchObject({
      ...terms,
      validFrom: '2025-01-01T00:00:00Z',
      validTo: null,
      state: 'draft',
      signedBy: [],
      inForceSince: null,
    });
    expect((await registry.read('AL', '/v1/agreements')).body.items).toHaveLength(1);
    expect((await registry.read('XK', '/v1/agreements')).body).toEqual({ items: [], next: null });
    const hidden = await registry.read('XK', `/v1/agreements/${id}`);
    const missing = await registry.read('XK', `/v1/agreements/${id.replace(/.$/, (c) => (c === '0' ? '1' : '0'))}`);
    expect(hidden).toMatchObject({ status: 404, body: { code: 'not-found' } });
    expect({ ...hidden.body, traceId: '' }).toEqual({ ...missing.body, traceId: '' });
    expect(await registry.speak('XK', `/v1/agreements/${id}/sign`, {}, { 'if-match': '"9"' })).toMatchObject({
      status: 404,
    });
  });

  it('puts it in force by the last signature', async () => {
    expect(await registry.speak('GB', `/v1/agreements/${id}/sign`)).toMatchObject({
      status: 200,
      body: { id, version: 2 },
    });
    expect(await registry.speak('GB', `/v1/agreements/${id}/sign`)).toMatchObject({
      status: 409,
      body: { code: 'agreement.already-signed' },
    });
    expect(await registry.speak('AL', `/v1/agreements/${id}/sign`, {}, { 'if-match': '"1"' })).toMatchObject({
      status: 412,
      body: { code: 'version-conflict' },
    });
    expect(await registry.speak('AL', `/v1/agreements/${id}/sign`, {}, { 'if-match': '"2"' })).toMatchObject({
      status: 200,
    });
    expect((await registry.read('GB', `/v1/agreements/${id}`)).body).toMatchObject({
      state: 'in-force',
      signedBy: ['GB', 'AL'],
    });
  });

  it('is suspended by any party, and resumed by that one', async () => {
    expect((await registry.speak('AL', `/v1/agreements/${id}/suspend`, { reason: 'review' })).status).toBe(200);
    expect(await registry.speak('GB', `/v1/agreements/${id}/resume`)).toMatchObject({
      status: 409,
      body: { code: 'agreement.suspended-by-another' },
    });
    expect((await registry.speak('AL', `/v1/agreements/${id}/resume`)).status).toBe(200);
    expect((await registry.speak('GB', `/v1/agreements/${id}/terminate`)).status).toBe(200);
    expect((await registry.read('GB', `/v1/agreements/${id}`)).body).toMatchObject({ state: 'terminated', version: 6 });
  });

  it('says all of it on two sources, placed, signed and whole', async () => {
    const members = await registry.said('/registry/members');
    expect(members.map(({ type, subject, sequence }) => `${sequence} ${subject} ${type}`)).toEqual([
      '1 GB accord.registry.member-founded.v1',
      '2 AL accord.registry.member-founded.v1',
      '3 XK accord.registry.member-founded.v1',
      '4 MK accord.registry.member-proposed.v1',
    ]);
    expect(members[3]!.data).toEqual({
      by: 'GB',
      ...propose,
      bit: 3,
      state: 'proposed',
      issuer: null,
      jwks: null,
      signingKeys: [],
    });
    const agreements = await registry.said('/registry/agreements');
    expect(agreements.map(({ type, data }) => [type, (data as { state: string }).state])).toEqual([
      ['accord.registry.agreement-drafted.v1', 'draft'],
      ['accord.registry.agreement-signed.v1', 'draft'],
      ['accord.registry.agreement-entered-into-force.v1', 'in-force'],
      ['accord.registry.agreement-suspended.v1', 'suspended'],
      ['accord.registry.agreement-resumed.v1', 'in-force'],
      ['accord.registry.agreement-terminated.v1', 'terminated'],
    ]);
    expect(agreements[3]!.data).toMatchObject({
      id,
      by: 'AL',
      reason: 'review',
      suspendedBy: 'AL',
      ...terms,
      validFrom: '2025-01-01T00:00:00Z',
    });
    for (const last of [members.at(-1)!, agreements.at(-1)!]) {
      expect(verifySignature(last.hash, last.signature!, registry.config.signingKey.publicJwk)).toBe(true);
    }
    for (const { source, sequence, hash } of [members.at(-1)!, agreements.at(-1)!]) {
      expect(readHeartbeat((await registry.announced(source))!, [registry.config.signingKey])).toMatchObject({
        ...{ source, sequence, hash },
      });
    }
    const operator = await registry.token('task-force', ['operator']);
    expect((await registry.call('GET', '/v1/status', { as: operator })).body).toEqual({
      sources: [
        { source: '/registry/members', released: 4, relayed: 4 },
        { source: '/registry/agreements', released: 6, relayed: 6 },
      ],
    });
  });

  it('comes back as it was, and founds nothing twice', async () => {
    const before = [
      (await registry.read('GB', '/v1/members')).text,
      (await registry.read('GB', '/v1/agreements')).text,
    ];
    const stored = await registry.stored();
    registry = await registry.restart({ founders: [] });
    expect([
      (await registry.read('GB', '/v1/members')).text,
      (await registry.read('GB', '/v1/agreements')).text,
    ]).toEqual(before);
    expect(await registry.stored()).toBe(stored);
  });
});
