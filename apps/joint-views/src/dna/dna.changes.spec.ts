import { expect, describe, it } from '@jest/globals';
import { uuidv8 } from '#contracts';
import { startReadSide } from '../testing/caller.ts';
import { putHitWord, putProfile, settle } from '../testing/dna-fixtures.ts';
import { uuid } from '../testing/fixtures.ts';
import { startOver } from '../testing/notices.ts';
import { putAgreement } from '../testing/registry-fixtures.ts';
import { openTables } from '../testing/tables.ts';
import { readThresholds, THRESHOLDS_PATTERN } from './thresholds.ts';

const [REF, TRACE] = [uuid(1), uuid(2)];
const HIT = uuidv8('dna-hit', REF, TRACE);
const purpose = 'forensic-matching';

describe('thresholds', () => {
  it('are read by member, and only as they are written', () => {
    expect(readThresholds('')).toEqual({});
    expect(readThresholds('GB:8:3,AL:12:1')).toEqual({ GB: { loci: 8, quality: 3 }, AL: { loci: 12, quality: 1 } });
    const fits = (text: string) => new RegExp(THRESHOLDS_PATTERN).test(text);
    expect(['', 'GB:8:3', 'GB:8:3,AL:12:1'].every(fits)).toBe(true);
    expect(['GB', 'gb:8:3', 'GB:8:5', 'GB:8:3,', 'GB:8:3 AL:7:4'].some(fits)).toBe(false);
  });

  it('of the member that searched decide what is a hit, for both', async () => {
    const db = await openTables();
    await startOver(db);
    await putAgreement(db, { id: uuid(901), categories: ['dna'], purposes: [purpose] });
    await putProfile(db, { id: REF, reference: 'AL-9', kind: 'reference', originator: 'AL' });
    await putProfile(db, { id: TRACE, reference: 'GB-1', kind: 'trace', originator: 'GB', loci: { vWA: ['17', '*'] } });
    const count = async (dnaThresholds: object) => {
      const caller = await startReadSide(db, undefined, undefined, [], dnaThresholds);
      const counts = [];
      for (const member of ['GB', 'AL']) counts.push((await caller.all('/v1/dna/hits', { member, purpose })).length);
      await caller.close();
      return counts;
    };
    expect(await count({})).toEqual([1, 1]);
    expect(await count({ GB: { loci: 6, quality: 2 } })).toEqual([1, 1]);
    expect(await count({ GB: { loci: 6, quality: 1 } })).toEqual([0, 0]);
    expect(await count({ GB: { loci: 7, quality: 4 } })).toEqual([0, 0]);
    expect(await count({ AL: { loci: 9, quality: 1 } })).toEqual([1, 1]);
    await db.close();
  });
});

describe('hits', () => {
  it('are news of the own profile, and so is what is said of them', async () => {
    const db = await openTables();
    await startOver(db);
    await putAgreement(db, { id: uuid(901), categories: ['dna'], purposes: [purpose] });
    const caller = await startReadSide(db);
    const news = async (cursor: string, member = 'GB') =>
      (await caller.get(`/v1/changes${cursor && `?cursor=${cursor}`}`, { member, purpose })).json;
    await putProfile(db, { id: TRACE, reference: 'GB-1', kind: 'trace', originator: 'GB' });
    let { items, next } = await news('');
    expect(items).toEqual([]);
    const told = [{ id: TRACE, kind: 'upserted', category: 'dna' }];
    await putProfile(db, { id: REF, reference: 'AL-9', kind: 'reference', originator: 'AL' });
    ({ items, next } = await news(next));
    expect(items).toEqual(told);
    await putHitWord(db, { id: uuid(5000), originator: 'GB', second: 100 }, HIT, 'confirmed');
    ({ items, next } = await news(next));
    expect(items).toEqual(told);
    expect((await news(next)).items).toEqual([]);
    // The other's profile, which the log has too, is no record of a list: nothing is told of it, now or when the hit is gone.
    expect(await caller.all('/v1/dna/hits', { member: 'GB', purpose })).toHaveLength(1);
    expect((await news(next)).items).toEqual([]);
    await db.query('update views.dna_profiles set state = 1 where record = $1', [REF]);
    ({ items, next } = await news(next));
    expect(items).toEqual([{ ...told[0], kind: 'withdrawn' }]);
    await db.query('update views.dna_profiles set state = 0 where record = $1', [REF]);
    ({ items, next } = await news(next));
    expect(items).toEqual(told);
    expect((await news('', 'AL')).items).toEqual([{ ...told[0], id: REF }]);
    expect((await news('', 'XK')).items).toEqual([]);
    await caller.close();
    await db.close();
  });

  it('have no core data for who searched, where they describe somebody who is to be kept from it', async () => {
    const db = await openTables();
    await startOver(db);
    await putAgreement(db, { id: uuid(901), categories: ['dna'], purposes: [purpose] });
    const caller = await startReadSide(db);
    await putProfile(db, { id: TRACE, reference: 'GB-1', kind: 'trace', originator: 'GB' });
    await putProfile(db, { id: REF, reference: 'AL-9', kind: 'reference', originator: 'AL' });
    for (const [n, kind] of ['confirmed', 'data-requested'].entries())
      await putHitWord(db, { id: uuid(5000 + n), originator: 'GB', second: 100 + n }, HIT, kind);
    const detail = async (member: string) => (await caller.get(`/v1/dna/hits/${HIT}`, { member, purpose })).json;
    const before = await detail('GB');
    const told = { person: { name: ['Test Shembulli'] } };
    await putHitWord(db, { id: uuid(5009), originator: 'AL', second: 109 }, HIT, 'data-sent', told);
    await db.query(
      `update views.records set shield = (select 1::bigint << bit from views.members where code = 'GB') where record = $1`,
      [uuid(5009)],
    );
    await settle(db, uuid(5009));
    expect(await detail('GB')).toEqual(before);
    expect(await detail('AL')).toMatchObject({ state: 'data-sent', data: told });
    await caller.close();
    await db.close();
  });
});
