import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Database } from '#sql';
import { randomFrom } from '../../../../test/access/random.ts';
import { startReadSide, type Asked, type Caller } from '../testing/caller.ts';
import { NOW, putReport, uuid, type ReportGiven } from '../testing/fixtures.ts';
import { putContribution, putOperation } from '../testing/operation-fixtures.ts';
import { putRegistry } from '../testing/registry-fixtures.ts';
import { openTables } from '../testing/tables.ts';
import { VIEWS } from '../views.ts';
import { FEEDS } from './changes.query.ts';

const MINUTE = 60_000;

describe('the change feed', () => {
  let db: Database;
  let caller: Caller;
  const gate = { withheld: [] as string[] };
  let now = NOW;

  beforeAll(async () => {
    db = await openTables();
    caller = await startReadSide(db, { withheld: () => gate.withheld }, () => now);
  });
  beforeEach(async () => {
    const rows = await db.query<{ name: string }>(
      `select schemaname || '.' || tablename as name from pg_tables
       where schemaname in ('views', 'consultation') and tablename <> 'migrations'`,
    );
    await db.exec(`truncate ${rows.map(({ name }) => name).join(', ')}`);
    await putRegistry(db);
    gate.withheld = [];
  });
  afterAll(async () => {
    await caller.close();
    await db.close();
  });

  const put = (n: number, given: Partial<ReportGiven> = {}) => putReport(db, { id: uuid(n), ...given });
  const alter = async (n: number, set: string) => {
    for (const table of ['records', 'reports'])
      await db.query(`update views.${table} set ${set} where record = $1`, [uuid(n)]);
  };
  /** Everything since a place, and the place after it. */
  const poll = async (cursor?: string, asked: Asked = {}, limit = 2) => {
    now += MINUTE;
    const told: string[] = [];
    for (let place = cursor, pages = 0; ; pages += 1) {
      if (pages > 9) throw new Error('The feed has no end');
      const { status, json, text } = await caller.get(
        `/v1/changes?limit=${limit}${place === undefined ? '' : `&cursor=${encodeURIComponent(place)}`}`,
        asked,
      );
      expect([status, text]).toEqual([200, text]);
      const { items, next } = json as { items: { id: string; kind: string; category: string }[]; next: string };
      told.push(...items.map(({ id, kind }) => `${kind} ${Number(id.slice(-6))}`));
      place = next;
      if (items.length === 0) return { told, place };
    }
  };

  it('begins with all that may be seen, the oldest first, and goes on with what is new', async () => {
    await put(1, { updated: 30 });
    await put(2, { updated: 10 });
    await put(3, { updated: 20, audience: ['XK'] });
    const first = await poll();
    expect(first.told).toEqual(['upserted 2', 'upserted 1']);
    expect((await poll(first.place)).told).toEqual([]);
    await put(4, { updated: 5 });
    await alter(2, "version = 2, updated_at = '2026-05-01'");
    const second = await poll(first.place);
    expect(second.told).toEqual(['upserted 4', 'upserted 2']);
    expect((await poll(first.place)).told).toEqual(second.told);
    expect((await poll(second.place)).told).toEqual([]);
    expect((await poll()).told).toHaveLength(3);
  });

  it('tells of nothing that others alone can notice', async () => {
    await put(1);
    const { place } = await poll();
    await alter(1, 'shield = 8, audience = audience | 8');
    await db.query('update views.records set sequence = 9, shield_codes = $1', [['mk']]);
    await put(2, { audience: ['XK'] });
    expect((await poll(place)).told).toEqual([]);
  });

  it('withdraws what this member was served, by whichever way, and nothing else', async () => {
    await put(1);
    await put(2);
    await caller.get(`/v1/reports/${uuid(1)}`);
    await alter(1, 'state = 1');
    await alter(2, 'state = 1');
    const told = await poll();
    expect(told.told).toEqual(['withdrawn 1']);
    expect((await poll(undefined, { member: 'XK' })).told).toEqual([]);
    expect((await poll(told.place)).told).toEqual([]);
  });

  it('keeps purposes and clearances apart', async () => {
    const purposes: ReportGiven['purposes'] = ['people-smuggling', 'human-trafficking'];
    await put(1, { purposes, classification: 'SECRET' });
    await poll();
    await alter(1, 'state = 1');
    expect((await poll(undefined, { purpose: 'human-trafficking' })).told).toEqual([]);
    expect((await poll(undefined, { clearance: 'OFFICIAL' })).told).toEqual([]);
    const { place, told } = await poll();
    expect(told).toEqual(['withdrawn 1']);
    const path = `/v1/changes?cursor=${encodeURIComponent(place)}`;
    expect((await caller.get(path, { clearance: 'OFFICIAL' })).json).toMatchObject({ errors: [{ path: '/cursor' }] });
  });

  it('follows the clock: embargo, review date, an agreement that ends', async () => {
    await put(1, { notBefore: now + 3 * MINUTE });
    await put(2, { reviewBy: now + 6 * MINUTE });
    await put(3);
    const first = await poll();
    expect(first.told).toEqual(['upserted 2', 'upserted 3']);
    now += 3 * MINUTE;
    const second = await poll(first.place);
    expect(second.told).toEqual(['upserted 1']);
    now += MINUTE;
    const third = await poll(second.place);
    expect(third.told).toEqual(['withdrawn 2']);
    await db.query('update views.agreements set valid_to = $1', [new Date(now + MINUTE)]);
    expect((await poll(third.place)).told).toEqual(['withdrawn 1', 'withdrawn 3']);
  });

  it('follows suspensions, of agreements, of the member, of a source, and what comes back', async () => {
    await put(1);
    let { place } = await poll();
    const next = async () => {
      const polled = await poll(place);
      place = polled.place;
      return polled.told;
    };
    const state = (of: string, value: string) => db.query(`update views.${of} set state = $1`, [value]);
    await state('agreements', 'suspended');
    expect(await next()).toEqual(['withdrawn 1']);
    await state('agreements', 'in-force');
    expect(await next()).toEqual(['upserted 1']);
    await db.query(`update views.members set state = 'suspended' where code = 'AL'`);
    expect(await next()).toEqual(['withdrawn 1']);
    await db.query(`update views.members set state = 'active' where code = 'AL'`);
    expect(await next()).toEqual(['upserted 1']);
    gate.withheld = ['GB'];
    expect(await next()).toEqual(['withdrawn 1']);
    gate.withheld = [];
    expect(await next()).toEqual(['upserted 1']);
  });

  it('tells of an operation again when what was done in it may be seen', async () => {
    await putOperation(db, { id: uuid(1), participants: ['AL'] });
    const { place } = await poll();
    await putContribution(db, { id: uuid(2), operation: uuid(1), originator: 'GB', kind: 'arrests', count: 2 });
    const second = await poll(place);
    expect(second.told).toEqual(['upserted 1']);
    await putContribution(db, {
      ...{ id: uuid(3), operation: uuid(1), originator: 'GB', kind: 'arrests', count: 2 },
      shield: ['al'],
    });
    expect((await poll(second.place)).told).toEqual([]);
  });

  it.each([7, Math.floor(Math.random() * 1e9)])(
    'leaves a follower with what the lists show, by seed %i',
    async (seed) => {
      const random = randomFrom(seed);
      const follower = new Set<string>();
      let place: string | undefined;
      const ids = [1, 2, 3, 4, 5, 6];
      for (const id of ids) await put(id, random.chance(0.3) ? { notBefore: now + random.below(20) * MINUTE } : {});
      const changes: (() => unknown)[] = [
        () => alter(random.pick(ids), `state = ${random.below(2)}`),
        () => alter(random.pick(ids), `audience = ${random.below(8)}`),
        () => alter(random.pick(ids), `shield = ${random.below(4)}`),
        () => alter(random.pick(ids), 'version = version + 1'),
        () => alter(random.pick(ids), `withheld = ${random.chance(0.3)}`),
        () => db.query('update views.agreements set state = $1', [random.pick(['in-force', 'in-force', 'suspended'])]),
        () => void (gate.withheld = random.chance(0.3) ? ['GB'] : []),
        () => void (now += random.below(9) * MINUTE),
        () => caller.get(`/v1/reports/${uuid(random.pick(ids))}`),
      ];
      for (let round = 0; round < 12; round += 1) {
        for (let n = random.below(4); n >= 0; n -= 1) await random.pick(changes)();
        const polled = await poll(place, {}, 1 + random.below(4));
        place = polled.place;
        for (const [kind, id] of polled.told.map((told) => told.split(' ') as [string, string])) {
          if (kind === 'upserted') follower.add(id);
          else follower.delete(id);
        }
        const listed = (await caller.all('/v1/reports')) as { id: string }[];
        expect([...follower].sort()).toEqual(listed.map(({ id }) => `${Number(id.slice(-6))}`).sort());
      }
    },
  );

  it('is about every table of records that a list may show', () => {
    const tables = VIEWS.flatMap((view) => view.tables);
    const listed = tables.filter(
      ({ key, mirrors, protected: is }) => is && key.join() === 'record' && Object.hasOwn(mirrors, 'version'),
    );
    expect(listed.map(({ name }) => name).sort()).toEqual(FEEDS.map(({ table }) => table).sort());
  });
});
