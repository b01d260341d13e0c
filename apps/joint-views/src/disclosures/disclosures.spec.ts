import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { HttpWorld } from '../intake/testing/http.ts';
import { amended, ended, released, reshielded } from '../intake/testing/said.ts';
import { at, uuid, type Said } from '../intake/testing/source.ts';

const AGREEMENT = uuid('agreement');
const END = at(600);

/** What is said at a minute of the day; sources speak in the order of their own minutes. */
const then = (minute: number, said: Said): Said => ({ ...said, time: at(minute) });

describe('disclosures', () => {
  let http: HttpWorld;
  let record: string;
  let n = 0;
  beforeAll(async () => {
    http = await HttpWorld.open();
  });
  afterAll(() => http.close());

  const given = async (...said: Said[]) => {
    await http.world.say('GB', ...said);
    await http.world.settled();
  };
  const fresh = () => (record = uuid(`r${(n += 1)}`));
  const agreement = async (minute: number, over: object) => {
    const type = 'accord.registry.agreement-suspended.v1';
    const said = http.agreement(over);
    await http.world.of('/registry/agreements').say(then(minute, { type, subject: AGREEMENT, data: said }));
    await http.world.settled();
    await http.world.beat();
  };
  const member = async (minute: number, code: string, state: string) => {
    const { data, ...said } = await http.founded(code);
    await http.world.registry.say(then(minute, { ...said, data: { ...data, state } }));
    await http.world.settled();
    await http.world.beat();
  };
  const asked = async (as = 'GB', more = '', roles?: string[]) =>
    http.call('GET', `/v1/disclosures?record=${record}${more}`, await http.token(as, roles));
  /** Of the others, as minutes. */
  const could = async (more = '') => {
    const { json } = await asked('GB', more);
    const minute = (time: string | null) => time && (Date.parse(time) - Date.parse(at(0))) / 60_000;
    return (json.could as { member: string; since: string; until: string | null }[])
      .filter(({ member: code }) => code !== 'GB')
      .map(({ member: code, since, until }) => [code, minute(since), minute(until)]);
  };

  it('are from the release on, for whom the record was released to', async () => {
    await given(then(100, released(fresh())));
    expect(await could()).toEqual([
      ['AL', 100, null],
      ['XK', 100, null],
    ]);
    expect(await could(`&at=${at(99)}`)).toEqual([]);
    expect(await could(`&at=${at(100)}`)).toHaveLength(2);
  });

  it('know the originator’s own too', async () => {
    const { json } = await asked();
    expect(json.could).toContainEqual({ member: 'GB', since: at(100), until: null });
  });

  it('end and begin where it is released again to others', async () => {
    await given(then(100, released(fresh(), { access: { audience: ['AL'] } })));
    await given(then(130, amended(record, { version: 2, access: { audience: ['XK'] } })));
    expect(await could()).toEqual([
      ['AL', 100, 130],
      ['XK', 130, null],
    ]);
    expect(await could(`&at=${at(120)}`)).toEqual([['AL', 100, null]]);
  });

  it('end where it is recalled, and where its review date has come', async () => {
    await given(then(100, released(fresh())), then(140, ended(record, 'recalled')));
    expect(await could()).toEqual([
      ['AL', 100, 140],
      ['XK', 100, 140],
    ]);
    await given(then(100, released(fresh(), { access: { audience: ['AL'], reviewby: '2026-01-01' } })));
    expect(await could()).toEqual([]);
  });

  it('begin where an embargo ends', async () => {
    await given(then(100, released(fresh(), { access: { audience: ['AL'], notbefore: at(150) } })));
    expect(await could()).toEqual([['AL', 150, null]]);
  });

  it('end where a member is shielded later', async () => {
    await given(then(100, released(fresh())), then(160, reshielded(record, ['al'])));
    expect(await could()).toEqual([
      ['AL', 100, 160],
      ['XK', 100, null],
    ]);
  });

  it('need no clearance of anybody in particular, but a purpose of the agreement', async () => {
    await given(then(100, released(fresh(), { access: { audience: ['AL'], classification: 'SECRET' } })));
    expect(await could()).toEqual([['AL', 100, null]]);
    await given(then(100, released(fresh(), { access: { audience: ['AL'], purposes: ['returns'] } })));
    expect(await could()).toEqual([]);
  });

  it('stop while the agreement is suspended, and while a member is', async () => {
    await given(then(100, released(fresh(), { access: { audience: ['AL', 'XK'] } })));
    await agreement(200, { state: 'suspended', suspendedBy: 'AL' });
    await agreement(210, { state: 'in-force' });
    await member(220, 'XK', 'suspended');
    await member(230, 'XK', 'active');
    expect(await could()).toEqual([
      ['AL', 100, 200],
      ['XK', 100, 200],
      ['AL', 210, null],
      ['XK', 210, 220],
      ['XK', 230, null],
    ]);
    expect(await could(`&at=${at(205)}`)).toEqual([
      ['AL', 100, 200],
      ['XK', 100, 200],
    ]);
  });

  it('end where an agreement does, without anything being said', async () => {
    await agreement(240, { validTo: at(300) });
    expect(await could(`&at=${at(299)}`)).toContainEqual(['AL', 210, null]);
    expect(await could()).toContainEqual(['AL', 210, 300]);
    await agreement(310, { validTo: null });
    expect(await could()).toContainEqual(['AL', 310, null]);
  });

  it('tell who did, from the log, up to the time asked about', async () => {
    await given(then(320, released(fresh())));
    expect((await http.call('GET', `/v1/reports/${record}`, await http.token('AL'))).status).toBe(200);
    const { json } = await asked();
    expect(json.did).toEqual([{ member: 'AL', at: END, purpose: 'people-smuggling' }]);
    expect(json.next).toBeNull();
    expect((await asked('GB', `&at=${at(599)}`)).json.did).toEqual([]);
    await http.call('GET', `/v1/reports/${record}`, await http.token('XK'));
    const { did, next } = (await asked('GB', '&limit=1')).json;
    const path = `/v1/audit?record=${record}&cursor=${encodeURIComponent(next)}`;
    const { items } = (await http.call('GET', path, await http.token('GB'))).json;
    expect([...did, ...items].map((one) => one.member).sort()).toEqual(['AL', 'XK']);
  });

  it('of an erased record tell who could at the most, and who did', async () => {
    await given(then(330, ended(record, 'erased')));
    const { json } = await asked();
    expect(json.shieldKnown).toBe(false);
    expect(json.did).toHaveLength(2);
    expect(await could()).toEqual([
      ['AL', 320, 330],
      ['XK', 320, 330],
    ]);
  });

  /** What GB's key signed from here on is withdrawn. */
  const revoked = async (minute: number, from: number) => {
    await http.world.registry.say(then(minute, http.revoked('GB', from)));
    await http.world.settled();
    await http.world.until(async () => (await http.world.rows('records', 'stale')).length === 0);
    await http.world.beat();
  };
  const forAlbania = { access: { audience: ['AL'] } };

  it('end where a key is revoked that has signed some of the record, and begin where it is said again', async () => {
    await given(then(400, released(fresh())));
    const whole = record;
    await given(then(410, released(fresh(), forAlbania)));
    const from = http.world.of('GB').sequence + 1;
    await given(then(420, amended(record, { version: 2 })));
    await revoked(430, from);
    expect((await http.call('GET', `/v1/reports/${record}`, await http.token('AL'))).status).toBe(404);
    const gone = [
      ['AL', 410, 430],
      ['XK', 420, 430],
    ];
    expect(await could()).toEqual(gone);
    expect(await could(`&at=${at(429)}`)).toEqual(gone.map(([code, since]) => [code, since, null]));
    await given(then(440, amended(record, { version: 3, access: { audience: ['XK'] } })));
    expect(await could()).toEqual([...gone, ['XK', 440, null]]);
    record = whole;
    expect(await could()).toEqual([
      ['AL', 400, null],
      ['XK', 400, null],
    ]);
  });

  it('stay ended where a revoked key has signed the recall, and are told of the record once it is erased', async () => {
    await given(then(450, released(fresh(), forAlbania)), then(455, reshielded(record, ['xk'])));
    const from = http.world.of('GB').sequence + 1;
    await given(then(460, ended(record, 'recalled')));
    await revoked(470, from);
    await given(then(480, amended(record, { version: 2, ...forAlbania })));
    const all = [
      ['AL', 450, 460],
      ['AL', 480, null],
    ];
    expect(await could()).toEqual(all);
    await given(then(490, ended(record, 'erased')));
    expect(await could()).toEqual([
      ['AL', 450, 460],
      ['AL', 480, 490],
    ]);
  });

  it('are for the originator’s analysts, supervisors and auditors; to others nothing is there', async () => {
    for (const role of ['analyst', 'supervisor', 'auditor']) expect((await asked('GB', '', [role])).status).toBe(200);
    for (const role of ['publisher', 'admin']) expect((await asked('GB', '', [role])).status).toBe(403);
    expect((await asked('AL')).status).toBe(404);
    fresh();
    expect((await asked('AL')).status).toBe(404);
    expect((await asked('GB')).status).toBe(404);
  });

  it.each(['&at=x', '&limit=0', '&limit=501', '&cursor=x'])('%s is refused', async (more) => {
    expect((await asked('GB', more)).status).toBe(400);
  });
});
