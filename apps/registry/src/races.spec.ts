import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { EventStore } from '#event-store';
import { openSqlEventStore } from '#event-store/postgres';
import { openPglite } from '#sql';
import { Aggregates } from './aggregate/aggregate.ts';
import { Roll } from './aggregate/roll.ts';
import { found } from './members/found.ts';
import { memberAggregate } from './members/member.tell.ts';
import type { Member, MemberEvent } from './members/member.ts';
import { founder, RegistryHarness, testIssuer } from './testing/harness.ts';

describe('asked at once', () => {
  let registry: RegistryHarness;
  beforeAll(async () => {
    registry = await RegistryHarness.start();
  });
  afterAll(() => registry.stop());

  it('two proposals never share a place', async () => {
    const codes = ['MK', 'ME', 'RS', 'IT', 'GR'];
    const propose = (code: string) => registry.speak('GB', '/v1/members', { code, name: code, contact: 'x' });
    const replies = await Promise.all(codes.map(propose));
    expect(replies.map(({ status }) => status)).toEqual([201, 201, 201, 201, 201]);
    const { items } = (await registry.read('GB', '/v1/members')).body;
    expect(items.map((m: { bit: number }) => m.bit).sort()).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  });

  it('one proposal of two of the same state is stored', async () => {
    const replies = await Promise.all(
      ['GB', 'AL', 'XK'].map((by) => registry.speak(by, '/v1/members', { code: 'FR', name: 'x', contact: 'x' })),
    );
    expect(replies.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
  });

  it('the same command under one key has one effect and one answer', async () => {
    const terms = {
      title: 'Of three',
      parties: ['GB', 'AL', 'XK'],
      categories: ['intelligence'],
      purposes: ['people-smuggling'],
      validFrom: '2025-01-01',
      onward: false,
    };
    const draft = () => registry.speak('GB', '/v1/agreements', terms, { 'idempotency-key': 'k' });
    const drafts = await Promise.all([draft(), draft(), draft()]);
    expect(new Set(drafts.map(({ status, text }) => `${status} ${text}`)).size).toBe(1);
    const id = drafts[0]!.body.id;
    const sign = (by: string) => registry.speak(by, `/v1/agreements/${id}/sign`, {}, { 'idempotency-key': `s-${by}` });
    const signed = await Promise.all(['GB', 'AL', 'XK', 'GB', 'AL', 'XK'].map(sign));
    expect(signed.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 200]);
    expect((await registry.read('GB', `/v1/agreements/${id}`)).body).toMatchObject({ state: 'in-force', version: 4 });
    expect(await registry.said('/registry/agreements')).toHaveLength(4);
    // Keys are the member's: another may use the same one.
    expect((await registry.speak('AL', '/v1/agreements', terms, { 'idempotency-key': 'k' })).body.id).not.toBe(id);
  });
});

/** As readers see it while a transaction elsewhere on the server is under way. */
const held = (store: EventStore): EventStore => ({
  ...{ readAll: async () => [], readPublished: async () => [], isHeldBack: async () => true },
  ...{ append: store.append.bind(store), appendMany: store.appendMany.bind(store) },
  ...{ readStream: store.readStream.bind(store), readStreams: store.readStreams.bind(store) },
  ...{ countPublished: store.countPublished.bind(store), find: store.find.bind(store) },
  ...{ subscribe: store.subscribe.bind(store), onAppend: store.onAppend.bind(store), close: store.close.bind(store) },
});

describe('founding', () => {
  const meta = { id: '01980000-0000-7000-8000-0000000000a1', actor: 'founding', at: '2026-01-01T00:00:00Z' };

  it('founds nobody anew where all that is stored is held back from readers', async () => {
    const db = await openPglite('memory://');
    const store = await openSqlEventStore({ db, schema: 'registry_members' });
    const members = () => new Aggregates(memberAggregate, store, new Roll<Member, MemberEvent>(memberAggregate));
    const [gb, it] = await Promise.all(['GB', 'IT'].map(async (code) => founder(code, await testIssuer(code))));
    await found(store, members(), [gb!], meta);
    await found(held(store), members(), [it!], meta);
    expect((await store.readPublished(null, 100)).map(({ publish }) => JSON.parse(publish).data.code)).toEqual(['GB']);
    const other = await openSqlEventStore({ db, schema: 'never_founded' });
    await other.append('member-XX', 'no-stream', [{ ...meta, type: 'x.v1', data: {}, meta }]);
    await found(held(other), members(), [it!], meta);
    expect(await other.readStream('founding')).toEqual([]);
    await db.close();
  });

  it('is completed as it began, where it broke off', async () => {
    const db = await openPglite('memory://');
    const store = await openSqlEventStore({ db, schema: 'registry_members' });
    const members = () => new Aggregates(memberAggregate, store, new Roll<Member, MemberEvent>(memberAggregate));
    const [gb, al, it] = await Promise.all(
      ['GB', 'AL', 'IT'].map(async (code) => founder(code, await testIssuer(code))),
    );
    const broken = members();
    const change = broken.change.bind(broken);
    broken.change = (asked) => (asked.stream === 'member-AL' ? Promise.reject(new Error('killed')) : change(asked));
    await expect(found(store, broken, [gb!, al!], meta)).rejects.toThrow('killed');
    await found(store, members(), [gb!, it!], meta);
    await found(store, members(), [it!], meta);
    const published = await store.readPublished(null, 100);
    expect(published.map(({ publish }) => JSON.parse(publish).data)).toMatchObject([
      { code: 'GB', bit: 0, state: 'active' },
      { code: 'AL', bit: 1, state: 'active' },
    ]);
    await store.close();
    await db.close();
  });
});
