import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { uuidv8 } from '#contracts';
import type { Database } from '#sql';
import { startReadSide, type Caller } from '../testing/caller.ts';
import { at, putReport, uuid } from '../testing/fixtures.ts';
import { noticesOf, putErasure, putWithdrawal, startOver } from '../testing/notices.ts';
import { putApproval, putOperation } from '../testing/operation-fixtures.ts';
import { openTables } from '../testing/tables.ts';
import { putAcknowledgement } from '../testing/word-fixtures.ts';

describe('acknowledgements', () => {
  let db: Database;
  let caller: Caller;

  beforeAll(async () => {
    db = await openTables();
    caller = await startReadSide(db);
    await startOver(db);
    await putReport(db, { id: uuid(1) });
    await caller.get('/v1/reports', { member: 'AL' });
    await caller.get('/v1/reports', { member: 'XK' });
    await putWithdrawal(db, { record: uuid(1), sequence: 150 });
    await putApproval(db, uuid(2), 'AL', uuid(99), 40);
    await putOperation(db, { id: uuid(10), originator: 'AL', audience: [], participants: [] });
  });
  afterAll(async () => {
    await caller.close();
    await db.close();
  });

  const notices = (member: string) => noticesOf(caller, member);
  const told = async (member: string) =>
    (await notices(member)).map(({ kind, record, acknowledged }) => [kind, record, acknowledged]);

  it('makes the id of a notice in the database as everywhere else', async () => {
    for (const parts of [['notice', 'recall', 'AL', uuid(1), '150'], ['', 'ë', 'Џ'], ['a']]) {
      const [row] = await db.query<{ id: string }>('select views.notice_id($1::text[]) as id', [parts]);
      expect(row!.id).toBe(uuidv8(...parts));
    }
  });

  it('show with the notice, to the member that took note, and to no other', async () => {
    const before = await notices('XK');
    const [recall, claim] = await notices('AL');
    expect([recall!.kind, claim!.kind]).toEqual(['recall', 'claim-void']);
    await putAcknowledgement(db, { id: uuid(50), originator: 'AL', second: 200 }, recall!.id);
    expect(await told('AL')).toEqual([
      ['recall', uuid(1), true],
      ['claim-void', uuid(99), false],
    ]);
    await putAcknowledgement(db, { id: uuid(51), originator: 'AL', second: 201 }, claim!.id);
    expect((await told('AL'))[1]).toEqual(['claim-void', uuid(99), true]);
    expect(await notices('XK')).toEqual(before);
  });

  it("are void of what isn't there, and of another member's notice alike", async () => {
    const [of] = await notices('XK');
    await putAcknowledgement(db, { id: uuid(52), originator: 'AL', second: 210 }, of!.id);
    await putAcknowledgement(db, { id: uuid(53), originator: 'AL', second: 211 }, uuid(777));
    const [missing, foreign] = await notices('AL');
    expect(missing).toEqual({ ...foreign, id: missing!.id, record: uuid(777), at: at(211) });
    expect(foreign).toMatchObject({ kind: 'claim-void', record: of!.id, at: at(210), acknowledged: false });
    await putAcknowledgement(db, { id: uuid(54), originator: 'AL', second: 212 }, foreign!.id);
    expect((await notices('AL'))[1]).toMatchObject({ record: of!.id, acknowledged: true });
    expect(await told('XK')).toEqual([['recall', uuid(1), false]]);
  });

  it('tell nothing of whether another lead shares a target', async () => {
    const before = await notices('AL');
    const shared = uuidv8('notice', 'deconfliction', 'AL', uuid(10), 'GB');
    await putAcknowledgement(db, { id: uuid(55), originator: 'AL', second: 220 }, shared);
    expect(await notices('AL')).toEqual(before);
  });

  it('are void of what took a record from others; of what took it from this member they stand once it is erased', async () => {
    await putReport(db, { id: uuid(3) });
    await caller.get('/v1/reports', { member: 'AL' });
    await putWithdrawal(db, { record: uuid(3), sequence: 300, removed: ['AL'] });
    const [taken] = await notices('AL');
    expect(taken).toMatchObject({ kind: 'recall', record: uuid(3) });
    await putAcknowledgement(db, { id: uuid(56), originator: 'AL', second: 310 }, taken!.id);
    await putWithdrawal(db, { record: uuid(3), sequence: 320, removed: ['XK'] });
    const others = uuidv8('notice', 'recall', 'AL', uuid(3), uuidv8('withdrawal', uuid(3), '320'));
    await putAcknowledgement(db, { id: uuid(57), originator: 'AL', second: 330 }, others);
    expect((await notices('AL'))[0]).toMatchObject({ kind: 'claim-void', record: others, at: at(330) });
    await db.exec(`delete from views.acknowledgements where record = '${uuid(57)}'`);
    await putErasure(db, uuid(3), 340);
    const after = (await told('AL')).slice(0, 2);
    expect(after[0]).toEqual(['recall', uuid(3), false]);
    expect(after[1]).not.toEqual(['claim-void', taken!.id, false]);
  });
});
