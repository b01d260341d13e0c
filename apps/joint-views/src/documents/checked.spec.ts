import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Database } from '#sql';
import { startReadSide, type Asked, type Caller } from '../testing/caller.ts';
import { putAlert, type AlertGiven } from '../testing/document-fixtures.ts';
import { NOW, uuid } from '../testing/fixtures.ts';
import { noticesOf, startOver } from '../testing/notices.ts';
import { putAgreement } from '../testing/registry-fixtures.ts';
import { openTables } from '../testing/tables.ts';
import { putAcknowledgement } from '../testing/word-fixtures.ts';

const A = uuid(1);
const NUMBER = 'BA1234567';

/** AL issued the document; who checks is XK unless it says otherwise. */
describe('that a document was checked', () => {
  let db: Database;
  let caller: Caller;
  const gate = { withheld: [] as string[] };

  beforeAll(async () => {
    db = await openTables();
    caller = await startReadSide(db, { withheld: () => gate.withheld });
  });
  afterAll(async () => {
    await caller.close();
    await db.close();
  });
  beforeEach(async () => {
    gate.withheld = [];
    await db.exec('delete from views.document_alerts');
    await startOver(db);
    await putAgreement(db, { id: uuid(901), categories: ['document'], purposes: ['document-fraud'] });
  });

  const alert = (given: Partial<AlertGiven> = {}) => putAlert(db, { id: A, ...given });
  const check = async (body: object = {}, asked: Asked = {}) => {
    const one = { number: NUMBER, ...body };
    const who = { member: 'XK', purpose: 'document-fraud', ...asked };
    expect((await caller.post('/v1/document-checks', one, who)).json.hit).toBe(true);
  };
  const told = async (member = 'AL') =>
    (await noticesOf(caller, member)).filter(({ kind }) => kind === 'document-checked');

  it('is told to the state that issued it, once for each check, and to nobody else', async () => {
    await alert();
    await check();
    await check();
    const notices = await told();
    expect(notices).toMatchObject(Array(2).fill({ record: A, acknowledged: false, at: new Date(NOW).toISOString() }));
    expect(new Set(notices.map(({ id }) => id)).size).toBe(2);
    // It says neither who checked nor what was checked.
    expect(Object.keys(notices[0]!).sort()).toEqual(['acknowledged', 'at', 'id', 'kind', 'record']);
    expect(await told('GB')).toEqual([]);
    expect(await told('XK')).toEqual([]);
  });

  it('is told of its own alerts too, and of batches', async () => {
    await alert({ originator: 'AL', audience: ['XK'] });
    const body = { checks: [{ number: NUMBER }, { number: NUMBER }] };
    await caller.post('/v1/document-checks:batch', body, { member: 'XK', purpose: 'document-fraud' });
    expect(await told()).toHaveLength(1);
  });

  it('is never told of a check marked as protection', async () => {
    await alert();
    await check({ protection: true });
    expect(await told()).toEqual([]);
    await check();
    expect(await told()).toHaveLength(1);
  });

  it('is not told of its own checks, nor of other readings', async () => {
    await alert();
    await check({}, { member: 'AL' });
    await db.query(`update consultation.entries set route = 'GET /v1/document-alerts', member = 'XK'`);
    expect(await told()).toEqual([]);
  });

  it.each<[string, Partial<AlertGiven>]>([
    ['is not in its audience', { audience: ['XK'] }],
    ['is shielded from it', { shield: ['al'] }],
  ])('is not told where the state %s', async (_, given) => {
    await alert(given);
    await check();
    expect(await told()).toEqual([]);
  });

  it.each<[string, string]>([
    ['it was recalled', 'state = 1'],
    ['its review has come', `review_by = '2026-01-02'`],
    ['it is under embargo', `not_before = '2099-01-01'`],
    ['it is withheld', 'withheld = true'],
    ['no agreement covers its purposes', 'purposes = 64'],
    ['no agreement covers its category', 'grant_key = 4'],
    ['it was erased', 'record = gen_random_uuid()'],
  ])('is told no more once %s', async (_, change) => {
    await alert();
    await check();
    expect(await told()).toHaveLength(1);
    await db.exec(`update views.document_alerts set ${change}`);
    expect(await told()).toEqual([]);
  });

  it('is told no more while the agreement is suspended, or the originator withheld', async () => {
    await alert();
    await check();
    gate.withheld = ['GB'];
    expect(await told()).toEqual([]);
    gate.withheld = [];
    await db.exec(`update views.agreements set state = 'suspended'`);
    expect(await told()).toEqual([]);
  });

  it('is not told to who has no clearance for the alert', async () => {
    await alert({ classification: 'SECRET' });
    await check();
    expect(await told()).toHaveLength(1);
    expect((await caller.get('/v1/notices', { member: 'AL', clearance: 'OFFICIAL' })).json.items).toEqual([]);
  });

  it('can be taken note of, also once it is told no more', async () => {
    await alert();
    await check();
    const [notice] = await told();
    await putAcknowledgement(db, { id: uuid(50), originator: 'AL', second: 1 }, notice!.id);
    expect((await told())[0]!.acknowledged).toBe(true);
    await db.exec('update views.document_alerts set state = 1');
    expect(await noticesOf(caller, 'AL')).toEqual([]);
  });

  it('stands in the originator’s audit, unless it was marked as protection', async () => {
    await alert();
    await check({ protection: true });
    await check({}, { member: 'AL' });
    const audit = async (member: string) =>
      (await caller.get(`/v1/audit?record=${A}`, { member, roles: ['auditor'] })).json.items as object[];
    expect(await audit('GB')).toMatchObject([{ member: 'AL', purpose: 'document-fraud' }]);
    const lines = (await caller.get('/v1/audit', { member: 'XK', roles: ['auditor'] })).json.items as object[];
    expect(lines).toMatchObject([{ route: 'POST /v1/document-checks', records: [A], protection: true }]);
  });
});
