import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newSigningKey, sign, hashOf } from '#contracts';
import { ConsultationLog } from '../consultation/consultation-log.ts';
import { HttpWorld } from '../intake/testing/http.ts';
import { amended, arrests, ended, planned, released } from '../intake/testing/said.ts';
import { uuid } from '../intake/testing/source.ts';

describe('a verification', () => {
  let http: HttpWorld;
  beforeAll(async () => {
    http = await HttpWorld.open();
    await http.world.say('GB', released(uuid('a')), released(uuid('b')), released(uuid('c')));
    await http.world.say('GB', ended(uuid('b'), 'recalled'));
    await http.world.say('GB', released(uuid('d'), { access: { audience: ['XK'] } }));
    await http.world.say('GB', planned(uuid('op'), { participants: ['AL', 'XK'] }));
    await http.world.say('AL', arrests(uuid('arrests'), uuid('op')));
    await http.world.settled();
    for (const member of ['GB', 'AL']) await http.call('GET', `/v1/operations/${uuid('op')}`, await http.token(member));
    for (const path of ['/v1/reports', `/v1/reports/${uuid('a')}`, `/v1/reports/${uuid('d')}`, '/v1/subjects']) {
      await http.call('GET', path, await http.token('AL'));
    }
    await http.call('GET', '/v1/reports', await http.token('GB'));
    await http.world.say('GB', ended(uuid('c'), 'erased'));
    await http.world.settled();
  });
  afterAll(() => http.close());

  const heads = async () =>
    http.world.db.query<{ member: string; number: number; hash: string }>(
      'select member, number, hash from consultation.entries order by number desc',
    );
  const found = async (witnesses?: object[]) => {
    const as = await http.token(null);
    const body = witnesses === undefined ? {} : { heads: witnesses };
    const { status, json } = await http.call('POST', '/v1/verifications', as, body);
    expect(status).toBe(202);
    const find = async () => (await http.call('GET', `/v1/verifications/${json.id}`, as)).json;
    await http.world.until(async () => (await find()).state !== 'running');
    const report = await find();
    expect(report.state).toBe('done');
    return report;
  };
  const findings = async (witnesses?: object[]) => (await found(witnesses)).findings;

  /** Changes the database, and puts it back. */
  const changed = async (what: string, witnesses?: object[]) => {
    const { db } = http.world;
    await db.exec('create schema kept; create table kept.log as table exchange.log');
    await db.exec('create table kept.entries as table consultation.entries');
    try {
      await db.exec(what);
      return await findings(witnesses);
    } finally {
      await db.exec('truncate exchange.log, consultation.entries');
      await db.exec('insert into exchange.log table kept.log; insert into consultation.entries table kept.entries');
      await db.exec('drop schema kept cascade');
    }
  };
  /** What is found where XK's log says that a record was served to it by what is applied now; then it doesn't any more. */
  const served = async (record: string) => {
    const { db } = http.world;
    const log = new ConsultationLog(db, { now: () => http.world.now });
    const [{ applied }] = (await db.query(
      'select jsonb_object_agg(source, sequence) as applied from views.sources',
    )) as [{ applied: Record<string, number> }];
    await log.record({
      ...{ member: 'XK', kind: 'read', at: http.world.now, user: 'u1', roles: ['analyst'], clearance: 'OFFICIAL' },
      ...{ purpose: 'people-smuggling', case: 'C', route: 'GET /v1/reports', applied },
      records: [{ record, originator: 'GB' }],
    });
    const all = await findings();
    await db.exec(`delete from consultation.entries where member = 'XK'`);
    return all;
  };
  const GB = `source = '/members/GB'`;

  it('finds nothing where nothing is wrong', async () => {
    const report = await found(await heads());
    expect(report).toMatchObject({ phase: 'served', findings: [] });
    expect(report.checked).toBe(report.total);
    expect(report.total).toBeGreaterThan(10);
  });

  it('finds what was served and should not have been', async () => {
    const { db } = http.world;
    const [{ records: before }] = (await db.query<{ records: string[] }>(
      `select array_agg(record) as records from consultation.reads where record = '${uuid('arrests')}'`,
    )) as [{ records: string[] }];
    expect(before).toContain(uuid('arrests'));
    const line = { chain: 'audit of XK', line: 1, reason: 'not-permitted', code: 'recalled' };
    expect(await served(uuid('b'))).toEqual([line]);
    expect(await findings()).toEqual([]);
  });

  it.each([
    ['changed', `update exchange.log set value = replace(value, '"time":"2026', '"time":"2025') where "offset" = 1`, 2],
    ['cut at its end', `delete from exchange.log where "offset" = 6 and ${GB}`, 7],
    ['left out', `delete from exchange.log where "offset" = 1 and ${GB}`, 2],
    ['no JSON', `update exchange.log set value = 'x' where "offset" = 4 and ${GB}`, 5],
  ])('finds an event that is %s', async (_, what, line) => {
    const [first] = (await changed(what.includes(GB) ? what : `${what} and ${GB}`)) as object[];
    expect(first).toMatchObject({ chain: '/members/GB', line });
  });

  it('finds one signed by a key that the registry doesn’t hold', async () => {
    const [last] = await http.world.exchange.read('/members/GB', 6, 1);
    const unsigned = `${last!.value.slice(0, last!.value.indexOf(',"keyid"'))}}`;
    const { kid, privateJwk } = newSigningKey();
    const other = sign(unsigned, hashOf(unsigned), privateJwk, kid);
    const [first] = await changed(`update exchange.log set value = '${other}' where "offset" = 6 and ${GB}`);
    expect(first).toEqual({ chain: '/members/GB', line: 7, reason: 'wrong-signature' });
  });

  it.each([
    ['changed', `update consultation.entries set actor = 'u2' where member = 'AL' and number = 2`, 2],
    ['left out', `delete from consultation.entries where member = 'AL' and number = 3`, 3],
    ['left out first', `delete from consultation.entries where member = 'AL' and number = 1`, 1],
    ['marked', `update consultation.entries set protection = true where member = 'AL' and number = 4`, 4],
  ])('finds a line of a log that is %s', async (_, what, line) => {
    expect(await changed(what)).toContainEqual({ chain: 'audit of AL', line, reason: 'changed' });
  });

  it('finds lines cut at the end by what the member’s node has kept', async () => {
    const cut = `delete from consultation.entries where member = 'AL' and number >= 3`;
    const kept = await heads();
    expect(await changed(cut)).toEqual([]);
    expect(await changed(cut, kept)).toContainEqual({ chain: 'audit of AL', line: 3, reason: 'missing' });
    const gone = `delete from consultation.entries where member = 'AL'`;
    expect(await changed(gone, kept)).toContainEqual({ chain: 'audit of AL', line: 1, reason: 'missing' });
    const other = kept.map((head) => ({ ...head, hash: 'a'.repeat(64) }));
    expect(await findings(other)).toContainEqual({ chain: 'audit of AL', line: 1, reason: 'not-as-witnessed' });
  });

  it('judges what a revoked key has signed by whether its revocation had been applied', async () => {
    const { world } = http;
    const [said, made] = [uuid('said'), uuid('made')];
    await world.say('GB', released(said));
    const from = world.of('GB').sequence + 1;
    await world.say('GB', amended(said, { version: 2 }), released(made));
    await world.settled();
    const read = async (record: string) =>
      (await http.call('GET', `/v1/reports/${record}`, await http.token('AL'))).status;
    expect([await read(said), await read(made)]).toEqual([200, 200]);
    await world.registry.say(http.revoked('GB', from));
    await world.settled();
    await world.until(async () => (await world.rows('records', 'stale')).length === 0);
    await world.beat();
    expect([await read(said), await read(made)]).toEqual([404, 404]);
    expect(await findings()).toEqual([]);
    expect(await served(said)).toEqual([{ chain: 'audit of XK', line: 1, reason: 'not-permitted', code: 'withheld' }]);
    expect(await served(made)).toEqual([{ chain: 'audit of XK', line: 1, reason: 'not-permitted', code: 'unknown' }]);
    await world.say('GB', amended(said, { version: 3 }));
    await world.settled();
    expect(await read(said)).toBe(200);
    expect(await findings()).toEqual([]);
    expect(await served(said)).toEqual([]);
  });

  it('is the operator’s', async () => {
    const as = await http.token('GB', ['admin', 'supervisor', 'auditor']);
    expect((await http.call('POST', '/v1/verifications', as, {})).status).toBe(403);
    expect((await http.call('GET', `/v1/verifications/${uuid(1)}`, await http.token(null))).status).toBe(404);
  });

  it.each([{ heads: [{}] }, { heads: {} }, { more: 1 }, []])('%j is refused', async (body) => {
    expect((await http.call('POST', '/v1/verifications', await http.token(null), body)).status).toBe(400);
  });
});
