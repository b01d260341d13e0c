import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Database } from '#sql';
import { writeMrz } from '../../../../libs/contracts/src/documents/testing/write-mrz.ts';
import { recording, startReadSide, type Asked, type Caller } from '../testing/caller.ts';
import { putAlert, type AlertGiven } from '../testing/document-fixtures.ts';
import { at, NOW, uuid } from '../testing/fixtures.ts';
import { startOver } from '../testing/notices.ts';
import { putAgreement } from '../testing/registry-fixtures.ts';
import { openTables } from '../testing/tables.ts';

const A = uuid(1);
const NUMBER = 'BA1234567';
const HIT = { hit: true, alerts: [{ id: A, originator: 'GB', status: 'stolen', contact: 'duty@gb.example' }] };
const NO_HIT = '{"hit":false}';

describe('checks of documents', () => {
  let db: Database;
  let caller: Caller;
  const gate = { withheld: [] as string[] };
  let statements: string[];

  beforeAll(async () => {
    db = await openTables();
    const recorded = recording(db);
    statements = recorded.statements;
    caller = await startReadSide(recorded.db, { withheld: () => gate.withheld });
  });
  afterAll(async () => {
    await caller.close();
    await db.close();
  });
  beforeEach(async () => {
    gate.withheld = [];
    await db.exec('delete from views.document_alerts');
    await startOver(db);
    await putAgreement(db, { id: uuid(901), categories: ['document'], purposes: ['document-fraud', 'returns'] });
  });

  const alert = (given: Partial<AlertGiven> = {}) => putAlert(db, { id: A, ...given });
  const check = (body: object, asked: Asked = {}) =>
    caller.post('/v1/document-checks', body, { purpose: 'document-fraud', ...asked });
  const log = () =>
    db.query<{ route: string; records: string[]; protection: boolean }>(
      'select route, records, protection from consultation.entries order by number',
    );

  it('say whom to call, by number or by MRZ', async () => {
    await alert({ content: { number: 'BA 123-45 67' } });
    const { text: mrz } = writeMrz('TD3', {
      code: 'P',
      state: 'ALB',
      number: NUMBER,
      names: 'SHEMBULLI<<ARBEN',
      nationality: 'ALB',
      born: '840101',
      sex: 'M',
      expires: '300101',
      optional: '',
    });
    for (const body of [{ number: NUMBER }, { number: ' ba-1234567 ' }, { mrz }]) {
      const { status, json } = await check(body);
      expect({ status, json }).toEqual({ status: 200, json: HIT });
    }
    expect(await log()).toEqual(Array(3).fill({ route: 'POST /v1/document-checks', records: [A], protection: false }));
  });

  /** What was asked of the database, but for how the log's line came to its end: that depends on who wrote before. */
  const asking = () => statements.filter((text) => !text.includes('consultation'));

  it('compare state and type where they are given', async () => {
    await alert();
    await alert({ id: uuid(2), content: { issuingState: 'XK', type: 'visa', status: 'lost' } });
    const idsFor = async (body: object) =>
      ((await check({ number: NUMBER, ...body })).json.alerts as { id: string }[] | undefined)?.map(({ id }) => id);
    expect(await idsFor({})).toEqual([A, uuid(2)]);
    expect(await idsFor({ issuingState: 'AL' })).toEqual([A]);
    expect(await idsFor({ type: 'visa' })).toEqual([uuid(2)]);
    expect(await idsFor({ issuingState: 'AL', type: 'visa' })).toBeUndefined();
  });

  it.each<[string, Partial<AlertGiven>, Asked]>([
    ['of another audience', { audience: ['XK'] }, {}],
    ['that is shielded from this viewer', { shield: ['al'] }, {}],
    ['that is shielded from all', { shield: 'ALL' }, {}],
    ['for other purposes', { purposes: ['returns'] }, {}],
    ['that no agreement covers for this purpose', { purposes: ['statistics'] }, { purpose: 'statistics' }],
    ['above the clearance', { classification: 'SECRET' }, { clearance: 'OFFICIAL' }],
    ['under embargo', { notBefore: NOW + 1 }, {}],
    ['past its review', { reviewBy: NOW }, {}],
    ['recalled', { state: 'recalled' }, {}],
    ['expired', { state: 'expired' }, {}],
    ['withheld', { withheld: true }, {}],
    ['withdrawn', { content: { stage: 'withdrawn' } }, {}],
    ['recalled, of the viewer’s own', { originator: 'AL', state: 'recalled' }, {}],
    ['past its review, of the viewer’s own', { originator: 'AL', reviewBy: NOW }, {}],
    ['of a member that isn’t active', {}, { member: 'ME' }],
  ])('of an alert %s are a no-hit to the last byte, statement and line of the log', async (_, given, asked) => {
    const ask = async () => {
      await db.exec('delete from consultation.entries');
      statements.length = 0;
      const { status, text, headers } = await check({ number: NUMBER }, asked);
      return { status, text, headers, statements: asking(), log: await log() };
    };
    const without = await ask();
    await alert(given);
    expect(await ask()).toEqual(without);
    expect(without.text).toBe(NO_HIT);
    expect(without.log).toMatchObject([{ records: [], protection: false }]);
  });

  it('of an originator that is withheld are no-hits', async () => {
    await alert();
    gate.withheld = ['GB'];
    expect((await check({ number: NUMBER })).text).toBe(NO_HIT);
  });

  it('run the same statements for a hit', async () => {
    statements.length = 0;
    await check({ number: NUMBER });
    const before = asking();
    await alert();
    statements.length = 0;
    await check({ number: NUMBER });
    expect(asking()).toEqual(before);
  });

  it('of many are each answered by itself', async () => {
    await alert();
    const checks = [{ number: NUMBER }, { number: '' }, { number: 'X1' }, 'A1', { number: NUMBER, protection: true }];
    const { status, json } = await caller.post('/v1/document-checks:batch', { checks }, { purpose: 'document-fraud' });
    const rejected = { status: 'rejected', code: 'invalid-request' };
    expect(status).toBe(200);
    expect(json.items).toMatchObject([
      { status: 'checked', ...HIT },
      { ...rejected, errors: [{ path: '/checks/1/number', rule: 'pattern' }] },
      { status: 'checked', hit: false },
      { ...rejected, errors: [{ path: '/checks/3', rule: 'type' }] },
      { status: 'checked', ...HIT },
    ]);
    const route = 'POST /v1/document-checks:batch';
    expect(await log()).toEqual([false, true].map((protection) => ({ route, records: [A], protection })));
  });

  it('are one look-up by number, whatever else is in the table', async () => {
    await alert();
    await db.exec(`insert into views.document_alerts select gen_random_uuid(), originator, grant_key, audience, shield, purposes,
      classification, not_before, review_by, case n % 2 when 0 then 0 else 1 end, withheld, handling_codes, released_at, updated_at, version,
      'N' || n, 'N' || n, type, issuing_state, status, since, finding, stage, handling_text
      from views.document_alerts, generate_series(1, 5000) n`);
    await check({ number: NUMBER });
    const hits = statements.findLast((text) => text.includes('document_alerts'))!;
    const plan = await db.transaction(async (sql) => {
      await sql.query(`select views.access_enter('AL', 'document-fraud', 'SECRET', $1::timestamptz, '{}')`, [at(9)]);
      return sql.query<{ 'QUERY PLAN': string }>(
        `explain ${hits.replace('$1', `'[{"n":0,"number":"N7"}]'`).replace('$2', 'now()')}`,
      );
    });
    const text = plan.map((line) => line['QUERY PLAN']).join('\n');
    expect(text).toContain('document_alerts_number');
    expect(text).not.toContain('Seq Scan');
  });

  it.each<[string, unknown, number, string]>([
    ['nothing', {}, 400, '/number'],
    ['a wrong number', { number: '!' }, 400, '/number'],
    ['no MRZ', { mrz: 'P<' }, 400, '/mrz'],
    ['a wrong batch', { checks: {} }, 400, '/checks'],
  ])('refuse %s', async (_, body, status, path) => {
    const route = path === '/checks' ? '/v1/document-checks:batch' : '/v1/document-checks';
    const answer = await caller.post(route, body, { purpose: 'document-fraud' });
    expect(answer.status).toBe(status);
    expect(answer.json.errors[0].path).toBe(path);
    expect(await log()).toEqual([]);
  });
});
