import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { uuidv8 } from '#contracts';
import type { Database } from '#sql';
import { startReadSide, type Asked, type Caller } from '../testing/caller.ts';
import { putHitWord, putProfile, type ProfileGiven } from '../testing/dna-fixtures.ts';
import { at, uuid } from '../testing/fixtures.ts';
import { noticesOf, startOver } from '../testing/notices.ts';
import { putAgreement } from '../testing/registry-fixtures.ts';
import { openTables } from '../testing/tables.ts';

const [REF, TRACE] = [uuid(1), uuid(2)];
const hitOf = (...records: string[]) => uuidv8('dna-hit', ...records.sort());
const HIT = hitOf(REF, TRACE);
const purpose = 'forensic-matching';

describe('DNA hits', () => {
  let db: Database;
  let caller: Caller;
  let now: number;
  let tests = 0;

  beforeAll(async () => {
    db = await openTables();
    caller = await startReadSide(db, { withheld: () => [] }, () => now);
  });
  beforeEach(async () => {
    // A minute for each, so that no limit on requests is met.
    now = Date.parse(at(1000 + 61 * (tests += 1)));
    await db.exec('delete from views.dna_words; delete from views.dna_profiles;');
    await startOver(db);
    await putAgreement(db, { id: uuid(901), categories: ['dna'], purposes: [purpose] });
  });
  afterAll(async () => {
    await caller.close();
    await db.close();
  });

  const list = (member: string, asked: Asked = {}) => caller.all('/v1/dna/hits', { member, purpose, ...asked });
  const detail = (member: string, id = HIT) => caller.get(`/v1/dna/hits/${id}`, { member, purpose });
  const state = async (member = 'GB') => (await list(member))[0]?.state as string | undefined;
  const meet = async (reference: Partial<ProfileGiven> = {}, trace: Partial<ProfileGiven> = {}) => {
    await putProfile(db, {
      id: REF,
      reference: 'AL-9',
      kind: 'reference',
      originator: 'AL',
      updated: 10,
      ...reference,
    });
    await putProfile(db, { id: TRACE, reference: 'GB-1', kind: 'trace', originator: 'GB', updated: 20, ...trace });
  };
  let words = 0;
  const say = (originator: string, kind: string, body: object | null = null, hit = HIT) =>
    putHitWord(db, { id: uuid(5000 + (words += 1)), originator, second: 100 + words }, hit, kind, body);

  it('show two references, to the two members alone, each from its own side', async () => {
    await meet();
    const hit = {
      ...{ id: HIT, quality: 1, loci: 7, searcher: 'GB', state: 'candidate', updatedAt: at(20) },
      expectedAdventitious: expect.any(Number),
    };
    expect(await list('GB')).toEqual([{ ...hit, own: 'GB-1', other: { member: 'AL', reference: 'AL-9' } }]);
    expect(await list('AL')).toEqual([{ ...hit, own: 'AL-9', other: { member: 'GB', reference: 'GB-1' } }]);
    expect((await detail('AL')).json).toEqual((await list('AL'))[0]);
    expect(await list('XK')).toEqual([]);
    for (const id of [uuid(77), 'x']) expect((await detail('GB', id)).status).toBe(404);
    expect((await detail('XK')).status).toBe(404);
    const [{ expectedAdventitious }] = (await list('GB')) as [{ expectedAdventitious: number }];
    expect(expectedAdventitious).toBeGreaterThan(0);
    expect(expectedAdventitious).toBeLessThan(1e-5);
  });

  it('are logged with both profiles', async () => {
    await meet();
    await list('GB');
    const [entry] = await db.query('select records from consultation.entries order by number desc limit 1');
    expect(entry).toEqual({ records: [REF, TRACE] });
  });

  it('state what is to be expected by chance, from the profiles that the viewer may see', async () => {
    await meet();
    const expected = async () => ((await list('GB')) as [{ expectedAdventitious: number }])[0].expectedAdventitious;
    const before = await expected();
    const far = { TH01: ['7', '7'], FGA: ['19', '19'] } as ProfileGiven['loci'];
    await putProfile(db, {
      id: uuid(30),
      reference: 'XK-1',
      kind: 'reference',
      originator: 'XK',
      audience: [],
      loci: far!,
    });
    expect(await expected()).toBe(before);
    await putProfile(db, { id: uuid(31), reference: 'XK-2', kind: 'reference', originator: 'XK', loci: far! });
    expect((await expected()) / before).toBeCloseTo(2, 1);
  });

  it.each<[string, Partial<ProfileGiven>, Partial<ProfileGiven>]>([
    ['was not released to the other', { audience: ['XK'] }, {}],
    ["is another's, to whom the own is not released", {}, { audience: ['XK'] }],
    ['shields the other', { shield: ['gb'] }, {}],
    ['shields the other, from the other side', {}, { shield: ['al'] }],
    ['is recalled', { state: 'recalled' }, {}],
    ['is recalled, on the own side', {}, { state: 'recalled' }],
    ['is withheld', { withheld: true }, {}],
    ['is embargoed', { notBefore: Date.parse(at(90_000)) }, {}],
    ['is embargoed, on the own side', {}, { notBefore: Date.parse(at(90_000)) }],
    ['is past its review', {}, { reviewBy: Date.parse(at(900)) }],
    ['is for another purpose', { purposes: ['statistics'] }, {}],
    ['is for another purpose, on the own side', {}, { purposes: ['statistics'] }],
  ])('are seen by neither where a profile %s', async (_, reference, trace) => {
    await meet(reference, trace);
    expect([await list('GB'), await list('AL')]).toEqual([[], []]);
    expect((await detail('GB')).text).toBe((await detail('GB', uuid(77))).text.replace(uuid(77), HIT));
  });

  it('are seen by neither while one of the two is suspended, or the grant is', async () => {
    await meet();
    await db.query(`update views.members set state = 'suspended' where code = 'AL'`);
    expect([await list('GB'), await list('AL')]).toEqual([[], []]);
    await db.query(`update views.members set state = 'active' where code = 'AL'`);
    await db.query(`update views.agreements set state = 'suspended' where id = $1`, [uuid(901)]);
    expect([await list('GB'), await list('AL')]).toEqual([[], []]);
  });

  it("are found among a member's own profiles too", async () => {
    await putProfile(db, { id: REF, reference: 'GB-0', kind: 'reference', originator: 'GB', audience: [] });
    await putProfile(db, { id: TRACE, reference: 'GB-1', kind: 'trace', originator: 'GB', audience: ['AL'] });
    expect(await list('GB')).toMatchObject([
      { own: 'GB-1', other: { member: 'GB', reference: 'GB-0' }, searcher: 'GB' },
    ]);
    expect(await list('AL')).toEqual([]);
    await say('GB', 'confirmed');
    await say('GB', 'data-requested');
    await say('GB', 'data-sent', { facts: 'A swab' });
    expect(await state()).toBe('data-sent');
  });

  it('are followed up by who searched and who holds, each in its own words', async () => {
    await meet();
    for (const [member, kind, after] of [
      ['AL', 'confirmed', 'candidate'],
      ['XK', 'confirmed', 'candidate'],
      ['GB', 'confirmed', 'confirmed'],
      ['GB', 'data-requested', 'data-requested'],
      ['GB', 'data-sent', 'data-requested'],
      ['AL', 'data-sent', 'data-sent'],
    ] as const) {
      await say(
        member,
        kind,
        kind === 'data-sent' ? { facts: 'Swab of an arrest', person: { name: ['Test Shembulli'] } } : null,
      );
      expect([kind, await state('GB'), await state('AL')]).toEqual([kind, after, after]);
    }
    expect((await detail('GB')).json).toMatchObject({
      state: 'data-sent',
      data: { person: { name: ['Test Shembulli'] } },
    });
    expect(JSON.stringify([await list('GB'), await list('AL')])).not.toContain('Shembulli');
    expect((await detail('XK')).status).toBe(404);
    // Words of who had no part in it, and of who had another part in it, are void, and said so alike.
    const voids = await Promise.all(['GB', 'AL', 'XK'].map((member) => noticesOf(caller, member)));
    expect(voids.map((some) => some.map(({ kind, record }) => [kind, record]))).toEqual([
      [['claim-void', HIT]],
      [['claim-void', HIT]],
      [['claim-void', HIT]],
    ]);
  });

  it('that are not there, or that may not be known, make a word on them void alike', async () => {
    await meet({ audience: ['XK'] });
    await say('GB', 'confirmed');
    await say('GB', 'confirmed', null, uuid(78));
    expect((await noticesOf(caller, 'GB')).map(({ kind, record }) => [kind, record])).toEqual([
      ['claim-void', uuid(78)],
      ['claim-void', HIT],
    ]);
    // A function of the events: grants and time don't count.
    await db.query('update views.dna_profiles set audience = 7, review_by = $1', [at(50)]);
    await db.query('update views.agreements set state = $1', ['terminated']);
    expect((await noticesOf(caller, 'GB')).map(({ record }) => record)).toEqual([uuid(78)]);
  });

  it('of two of a kind were searched by the later, then the greater', async () => {
    await meet({ kind: 'trace', updated: 30 });
    expect(await list('GB')).toMatchObject([{ searcher: 'AL' }]);
    await db.query('update views.dna_profiles set released_at = $1', [at(5)]);
    expect(await list('GB')).toMatchObject([{ searcher: 'GB' }]);
  });

  it('come page by page, newest first', async () => {
    await meet();
    for (const n of [3, 4, 5]) {
      await putProfile(db, { id: uuid(n), reference: `AL-${n}`, kind: 'reference', originator: 'AL', updated: 30 + n });
    }
    const of = (items: { other: { reference: string; member: string } }[]) =>
      items.filter(({ other }) => other.member === 'AL').map(({ other }) => other.reference);
    expect(of((await list('GB')) as never)).toEqual(['AL-5', 'AL-4', 'AL-3', 'AL-9']);
    expect(of((await caller.all('/v1/dna/hits?limit=1', { member: 'GB', purpose })) as never)).toHaveLength(4);
    for (const query of ['limit=0', 'cursor=abc', 'member=AL']) {
      expect(await caller.get(`/v1/dna/hits?${query}`, { member: 'GB', purpose })).toMatchObject({ status: 400 });
    }
  });

  it('are refused with a reason, or overdue after 48 hours', async () => {
    await meet();
    await say('GB', 'confirmed');
    await say('GB', 'data-requested');
    now += 48 * 3_600_000;
    expect((await detail('AL')).json).toMatchObject({ state: 'overdue', due: expect.any(String) });
    await say('AL', 'data-refused', { reason: 'Ask a court' });
    expect((await detail('GB')).json).toMatchObject({ state: 'data-refused', refusal: { reason: 'Ask a court' } });
  });
});
