import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Database } from '#sql';
import { startReadSide, type Caller } from '../testing/caller.ts';
import { at, putReport, uuid } from '../testing/fixtures.ts';
import { noticesOf, putErasure, putWithdrawal, startOver } from '../testing/notices.ts';
import { putApproval, putContribution, putOperation } from '../testing/operation-fixtures.ts';
import { putAgreement } from '../testing/registry-fixtures.ts';
import { openTables } from '../testing/tables.ts';

describe('notices', () => {
  let db: Database;
  let caller: Caller;

  beforeAll(async () => {
    db = await openTables();
    caller = await startReadSide(db);
  });
  afterAll(async () => {
    await caller.close();
    await db.close();
  });

  const empty = () => startOver(db);
  const notices = (member: string, roles?: string[]) => noticesOf(caller, member, roles);
  const withdraw = (record: string, sequence: number, removed: string[] | null = null) =>
    putWithdrawal(db, { record, sequence, removed });

  describe('of a recall', () => {
    beforeAll(async () => {
      await empty();
      await putReport(db, { id: uuid(1) });
      await putReport(db, { id: uuid(2) });
      await caller.get('/v1/reports');
      await caller.get(`/v1/reports/${uuid(1)}`, { member: 'GB' });
    });

    it('tells a member that had been served it, whatever its role, purpose and clearance now', async () => {
      await withdraw(uuid(1), 150);
      const [notice, ...others] = await notices('AL');
      expect(others).toEqual([]);
      expect(notice).toEqual({
        id: expect.any(String),
        kind: 'recall',
        record: uuid(1),
        at: at(150),
        acknowledged: false,
      });
      for (const asked of [
        { purpose: 'returns' },
        { roles: ['supervisor'], clearance: 'OFFICIAL' },
        { roles: ['publisher'] },
      ]) {
        expect((await caller.get('/v1/notices', asked)).json).toEqual({ items: [notice], next: null });
      }
      expect(await caller.get('/v1/notices', { roles: ['auditor'] })).toMatchObject({ status: 403 });
    });

    it('does not tell who never saw it, nor the originator', async () => {
      expect(await notices('XK')).toEqual([]);
      expect(await notices('GB')).toEqual([]);
    });

    it('does not tell again of what took it from others, or from nobody', async () => {
      const before = await notices('AL');
      await withdraw(uuid(1), 160, ['XK']);
      await withdraw(uuid(1), 161, []);
      expect(await notices('AL')).toEqual(before);
    });

    it('tells of an erasure in place of what came before it, whatever that was', async () => {
      await withdraw(uuid(2), 162, ['AL']);
      await putErasure(db, uuid(2), 163);
      await putErasure(db, uuid(1), 164);
      expect((await notices('AL')).map(({ record, at: when }) => [record, when])).toEqual([
        [uuid(1), at(164)],
        [uuid(2), at(163)],
      ]);
    });

    it('tells whom it was taken from by a shield or a narrower release, and of what happened after the read only', async () => {
      await putReport(db, { id: uuid(3) });
      await withdraw(uuid(3), 90, ['AL']);
      await caller.get(`/v1/reports/${uuid(3)}`);
      await caller.get(`/v1/reports/${uuid(3)}`, { member: 'XK' });
      expect((await notices('AL')).filter(({ record }) => record === uuid(3))).toEqual([]);
      await withdraw(uuid(3), 170, ['XK']);
      expect((await notices('AL')).filter(({ record }) => record === uuid(3))).toEqual([]);
      expect((await notices('XK')).map(({ record }) => record)).toEqual([uuid(3)]);
    });

    it('does not count being told as having read', async () => {
      const before = await db.query('select count(*)::int as n from consultation.reads');
      await notices('AL');
      expect(await db.query('select count(*)::int as n from consultation.reads')).toEqual(before);
    });
  });

  describe('of a void claim', () => {
    const voided = async (member: string) => (await notices(member)).map(({ record }) => record).sort();

    beforeAll(async () => {
      await empty();
      await putOperation(db, { id: uuid(10), participants: ['AL'], audience: ['AL'] });
      await putOperation(db, { id: uuid(11), participants: ['AL'], audience: ['AL'], shield: ['al'] });
      await putOperation(db, { id: uuid(12), participants: ['AL'], audience: ['XK'] });
      await putOperation(db, { id: uuid(13), participants: ['AL'], audience: ['AL'], state: 'recalled' });
      await putOperation(db, {
        id: uuid(14),
        participants: ['AL'],
        audience: ['AL'],
        reviewBy: 0,
        classification: 'SECRET',
        notBefore: Date.UTC(2090, 0, 1),
      });
      for (let i = 10; i <= 15; i += 1) {
        await putApproval(db, uuid(100 + i), 'AL', uuid(i), i);
        await putApproval(db, uuid(200 + i), 'XK', uuid(i), i);
        await putApproval(db, uuid(300 + i), 'GB', uuid(i), i);
      }
    });

    it('tells the author where nothing is there, or nothing of it, and never because of time or clearance', async () => {
      expect(await voided('AL')).toEqual([11, 12, 13, 15].map(uuid));
      expect(await voided('XK')).toEqual([10, 11, 12, 13, 14, 15].map(uuid));
      expect(await voided('GB')).toEqual([13, 15].map(uuid));
    });

    it('says the same of each', async () => {
      for (const { id, record, at: when, ...rest } of await notices('XK')) {
        expect(rest).toEqual({ kind: 'claim-void', acknowledged: false });
        expect([typeof id, typeof record, typeof when]).toEqual(['string', 'string', 'string']);
      }
    });

    it('does not depend on grants', async () => {
      await db.exec('delete from views.agreements');
      expect(await voided('AL')).toEqual([11, 12, 13, 15].map(uuid));
      await putAgreement(db, {});
    });

    it('tells of arrests too', async () => {
      await putContribution(db, {
        id: uuid(401),
        operation: uuid(10),
        kind: 'arrests',
        count: 40,
        originator: 'XK',
        updated: 500,
      });
      await putContribution(db, {
        id: uuid(402),
        operation: uuid(10),
        kind: 'arrests',
        count: 2,
        originator: 'AL',
        updated: 500,
      });
      expect((await notices('XK'))[0]).toMatchObject({ kind: 'claim-void', record: uuid(10), at: at(500) });
      expect(await voided('AL')).toHaveLength(4);
    });
  });
});
