import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Database } from '#sql';
import { startReadSide, type Caller } from '../testing/caller.ts';
import { at, putRecord, putReport, uuid, type ReportGiven } from '../testing/fixtures.ts';
import { noticesOf, startOver } from '../testing/notices.ts';
import { putOperation } from '../testing/operation-fixtures.ts';
import { putAgreement } from '../testing/registry-fixtures.ts';
import { insertRows, openTables } from '../testing/tables.ts';

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
  describe('of a shared target', () => {
    const A = `GB:${uuid(51)}`;
    const B = `AL:${uuid(52)}`;
    const seen = (over: Partial<ReportGiven> & { id: string }, entity: string): ReportGiven => ({
      ...over,
      entities: [{ id: entity, schema: 'Person' }],
    });
    const identify = (record: string, originator: string, entity: string, value: string) =>
      insertRows(db, 'views.identifiers', [{ record, originator, entity, kind: 'document', value }]);
    const both = async () => ({ GB: await notices('GB'), AL: await notices('AL') });

    beforeAll(async () => {
      await empty();
      await putReport(db, seen({ id: uuid(1), originator: 'GB', audience: [] }, A));
      await putReport(db, seen({ id: uuid(2), originator: 'AL', audience: [] }, B));
      await putOperation(db, {
        id: uuid(10),
        originator: 'GB',
        audience: [],
        participants: [],
        targets: [A],
        updated: 10,
      });
      await putOperation(db, {
        id: uuid(20),
        originator: 'AL',
        audience: [],
        participants: [],
        targets: [B],
        updated: 20,
      });
      await putOperation(db, {
        id: uuid(21),
        originator: 'AL',
        audience: [],
        participants: [],
        targets: [B],
        updated: 30,
      });
    });

    it('tells nothing while nothing is shared', async () => {
      expect(await both()).toEqual({ GB: [], AL: [] });
    });

    it('tells both leads whom to call, once per own operation and other lead, and nothing else', async () => {
      await identify(uuid(1), 'GB', A, 'BA1234567');
      await identify(uuid(2), 'AL', B, 'BA1234567');
      const told = { id: expect.any(String), kind: 'deconfliction', acknowledged: false };
      expect(await both()).toEqual({
        GB: [{ ...told, record: uuid(10), at: at(20), contact: 'duty@al.example' }],
        AL: [
          { ...told, record: uuid(21), at: at(30), contact: 'duty@gb.example' },
          { ...told, record: uuid(20), at: at(20), contact: 'duty@gb.example' },
        ],
      });
      expect(await notices('XK')).toEqual([]);
      expect(JSON.stringify(await both())).not.toContain(uuid(51));
    });

    it('tells each page once', async () => {
      const whole = await notices('AL');
      for (const limit of [1, 2]) expect(await caller.all(`/v1/notices?limit=${limit}`)).toEqual(whole);
    });

    it('needs a grant for operations between the two, of a purpose of both, in force', async () => {
      for (const given of [
        { categories: ['intelligence'] },
        { purposes: ['returns'] },
        { parties: ['GB', 'XK'] },
        { state: 'suspended' },
      ]) {
        await db.exec('delete from views.agreements');
        await putAgreement(db, given);
        expect(await both()).toEqual({ GB: [], AL: [] });
      }
      await db.exec('delete from views.agreements');
      await putAgreement(db, {});
      expect((await both()).GB).toHaveLength(1);
    });

    it('never tells of a person shielded from that lead', async () => {
      await putRecord(db, { id: uuid(3), originator: 'GB' });
      await putReport(db, seen({ id: uuid(4), originator: 'GB', shield: ['al'] }, A));
      expect((await both()).AL).toEqual([]);
      expect((await both()).GB).toHaveLength(1);
      await db.query('delete from views.entities where record = $1', [uuid(4)]);
      await db.query('update views.operations set shield = 2 where record = $1', [uuid(10)]);
      expect((await both()).AL).toEqual([]);
      await db.query('update views.operations set shield = 0 where record = $1', [uuid(10)]);
      expect((await both()).AL).toHaveLength(2);
    });

    it('never tells of a person whom a third member shields under another id', async () => {
      const C = `XK:${uuid(53)}`;
      await putReport(db, seen({ id: uuid(6), originator: 'XK', shield: ['al'] }, C));
      expect((await both()).AL).toHaveLength(2);
      await identify(uuid(6), 'XK', C, 'BA1234567');
      expect((await both()).AL).toEqual([]);
      expect((await both()).GB).toHaveLength(1);
      await db.query('delete from views.identifiers where record = $1', [uuid(6)]);
    });

    it('never tells of a person whom an encounter shields', async () => {
      const mark = {
        record: uuid(7),
        originator: 'XK',
        kind: 'document',
        value: 'BA1234567',
        purposes: '1',
        audience: '0',
      };
      const access = { classification: 0, not_before: null, review_by: at(0), state: 0, withheld: false, grant_key: 0 };
      await insertRows(db, 'views.person_marks', [{ ...mark, ...access, shield: '2' }]);
      expect((await both()).AL).toEqual([]);
      expect((await both()).GB).toHaveLength(1);
      await db.exec('truncate views.person_marks');
    });

    it('tells of nobody whose shield may not have been readable', async () => {
      await putReport(db, seen({ id: uuid(5), originator: 'GB', withheld: true }, A));
      expect(await both()).toEqual({ GB: [], AL: [] });
      await db.query('delete from views.entities where record = $1', [uuid(5)]);
      expect((await both()).AL).toHaveLength(2);
    });

    it('tells of the same id too', async () => {
      await db.exec('delete from views.identifiers');
      expect((await both()).GB).toEqual([]);
      await putOperation(db, { id: uuid(30), originator: 'XK', audience: [], participants: [], targets: [A] });
      expect((await notices('XK')).map(({ contact }) => contact)).toEqual(['duty@gb.example']);
      expect((await both()).GB.map(({ contact }) => contact)).toEqual(['duty@xk.example']);
    });
  });
});
