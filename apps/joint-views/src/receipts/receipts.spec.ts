import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Database } from '#sql';
import { startReadSide, type Asked, type Caller } from '../testing/caller.ts';
import { at, putRecord, putReport, uuid } from '../testing/fixtures.ts';
import { noticesOf, putErasure, putWithdrawal, startOver } from '../testing/notices.ts';
import { insertRows, openTables } from '../testing/tables.ts';
import { putAcknowledgement } from '../testing/word-fixtures.ts';

const R = uuid(1);
const ERASED = uuid(2);

describe('receipts', () => {
  let db: Database;
  let caller: Caller;

  beforeAll(async () => {
    db = await openTables();
    caller = await startReadSide(db);
    await startOver(db);
    await putReport(db, { id: R });
    await caller.get(`/v1/reports/${R}`, { member: 'AL' });
    await caller.get(`/v1/reports/${R}`, { member: 'GB' });
  });
  afterAll(async () => {
    await caller.close();
    await db.close();
  });

  const receipts = (record: string, asked: Asked = {}) =>
    caller.get(`/v1/receipts?record=${record}`, { member: 'GB', ...asked });
  it('are empty while nothing was taken back', async () => {
    expect((await receipts(R)).json).toEqual({ record: R, recalls: [], erasure: null });
  });

  it('tell the originator who is told of a recall, and who took note; not who never saw it', async () => {
    await putWithdrawal(db, { record: R, sequence: 150, removed: ['AL', 'XK'] });
    const recall = { member: 'AL', at: at(150), acknowledgedAt: null };
    expect((await receipts(R, { roles: ['auditor'] })).json.recalls).toEqual([recall]);
    const [notice] = await noticesOf(caller, 'AL');
    await putAcknowledgement(db, { id: uuid(50), originator: 'XK', second: 160 }, notice!.id);
    expect((await receipts(R)).json.recalls).toEqual([recall]);
    await putAcknowledgement(db, { id: uuid(51), originator: 'AL', second: 170 }, notice!.id);
    expect((await receipts(R)).json.recalls).toEqual([{ ...recall, acknowledgedAt: at(170) }]);
  });

  it('tell of a shield or a narrower release as of a recall, and after an erasure of that alone', async () => {
    const other = uuid(3);
    await putReport(db, { id: other });
    await caller.get(`/v1/reports/${other}`, { member: 'AL' });
    await putWithdrawal(db, { record: other, sequence: 200, removed: ['AL'] });
    await putWithdrawal(db, { record: other, sequence: 210, removed: ['XK'] });
    const told = async () => (await receipts(other)).json.recalls;
    expect(await told()).toEqual([{ member: 'AL', at: at(200), acknowledgedAt: null }]);
    await putErasure(db, other, 220);
    expect(await told()).toEqual([{ member: 'AL', at: at(220), acknowledgedAt: null }]);
  });

  it('leave out who was served it for protection alone', async () => {
    await db.query(`update consultation.entries set protection = true where member = 'AL'`);
    expect((await receipts(R)).json.recalls).toEqual([]);
  });

  it('are the originator’s: others get what they would for what is not there', async () => {
    const missing = await receipts(uuid(99), { member: 'AL' });
    expect(missing.status).toBe(404);
    const { text, headers } = await receipts(R, { member: 'AL' });
    expect({ text, headers }).toEqual({ text: missing.text, headers: missing.headers });
    expect((await receipts(R, { roles: ['publisher'] })).status).toBe(403);
  });

  it('count what is left of an erased record, anew each time', async () => {
    await putRecord(db, { id: ERASED, state: 'erased', audience: [] });
    await putWithdrawal(db, { record: ERASED, sequence: 1 });
    await insertRows(db, 'keyring.keys', [{ member: 'GB', record: ERASED }]);
    const erasure = { erasedAt: at(1), keysDestroyed: 1, keysLeft: 0, rowsLeft: 0 };
    expect((await receipts(ERASED)).json).toEqual({ record: ERASED, recalls: [], erasure });
    await insertRows(db, 'views.poison', [{ source: '/members/GB', sequence: 7, record: ERASED, reason: 'x' }]);
    await db.query(`update keyring.keys set key = '\\x00' where record = $1`, [ERASED]);
    expect((await receipts(ERASED)).json.erasure).toEqual({ ...erasure, keysDestroyed: 0, keysLeft: 1, rowsLeft: 1 });
  });
});
