import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Database, Sql } from '#sql';
import { ACCESS_SETTINGS, accessFunctions, openTables, protect } from '#access-policy';
import { createViews, load, openViews, visibleTo } from './database.ts';
import type { World, WorldRecord } from './world.ts';

const now = Date.parse('2025-05-15T12:00:00Z');
const report: WorldRecord = {
  id: '01970000-0000-7000-8000-000000000001',
  originator: 'GB',
  category: 'intelligence',
  purposes: ['people-smuggling'],
  audience: ['AL', 'XK'],
  classification: 'OFFICIAL',
  handlingCodes: ['H0'],
  shield: ['xk'],
  notBefore: null,
  reviewBy: Date.parse('2028-05-15T00:00:00Z'),
  state: 'released',
  withheld: false,
};
const world: Pick<World, 'members' | 'agreements' | 'records'> = {
  members: [
    { code: 'GB', bit: 0, state: 'active' },
    { code: 'AL', bit: 62, state: 'active' },
    { code: 'XK', bit: 1, state: 'active' },
  ],
  agreements: [
    {
      id: '01970000-0000-7000-8000-0000000000aa',
      parties: ['GB', 'AL', 'XK'],
      categories: ['intelligence'],
      purposes: ['people-smuggling'],
      validFrom: 0,
      validTo: null,
      state: 'in-force',
      inForceSince: 0,
    },
  ],
  records: [report],
};

const enter = (member: string, purpose = 'people-smuggling', schema = 'views') =>
  `select ${schema}.access_enter('${member}', '${purpose}', 'SECRET', '2025-05-15T12:00:00Z', '{}') as sequences`;
const seen = 'select record from views.things';

describe('reading as the reader role', () => {
  let db: Database;
  beforeAll(async () => {
    db = await openViews();
  });
  beforeEach(() => load(db, world));
  afterAll(() => db.close());

  const reading = <T>(start: string, work: (sql: Sql) => Promise<T>) =>
    db.transaction(async (sql) => {
      await sql.query(start);
      return work(sql);
    });
  const rowsFor = (start: string) => reading(start, async (sql) => (await sql.query(seen)).length);

  it('shows what the rule permits, to the member with the highest bit too', async () => {
    expect(await rowsFor(enter('AL'))).toBe(1);
    expect(await rowsFor(enter('GB'))).toBe(1);
    expect(await rowsFor(enter('XK'))).toBe(0);
  });

  it.each([
    ['a member that the registry lacks', 'IT', 'people-smuggling'],
    ['a purpose that does not exist', 'GB', 'curiosity'],
    ['no member', '', 'people-smuggling'],
  ])('shows nothing to %s', async (_, member, purpose) => {
    expect(await rowsFor(enter(member, purpose))).toBe(0);
  });

  it('shows a suspended member nothing, not even its own', async () => {
    await db.query(`update views.members set state = 'suspended' where code = 'GB'`);
    expect(await rowsFor(enter('GB'))).toBe(0);
  });

  it('shows an originator its own although its source is withheld', async () => {
    const viewer = { member: 'GB', roles: [], clearance: 'OFFICIAL', purpose: 'statistics' } as const;
    expect((await visibleTo(db, viewer, now, ['GB'])).size).toBe(1);
  });

  it('takes null for any argument, and shows nothing', async () => {
    for (const args of [
      `null, 'people-smuggling', 'SECRET', now(), '{}'`,
      `'GB', null, 'SECRET', now(), '{}'`,
      `'GB', 'people-smuggling', null, now(), '{}'`,
      `'GB', 'people-smuggling', 'SECRET', null, '{}'`,
    ]) {
      expect(await rowsFor(`select views.access_enter(${args})`)).toBe(0);
    }
    expect(await rowsFor(`select views.access_enter('AL', 'people-smuggling', 'SECRET', now(), null)`)).toBe(1);
  });

  describe.each(['GB', 'AL'])('when a setting is missing, for %s', (member) => {
    it.each(ACCESS_SETTINGS)('%s: no rows', async (setting) => {
      const rows = await reading(enter(member), async (sql) => {
        await sql.query(`select set_config('${setting}', '', true)`);
        return sql.query(seen);
      });
      expect(rows).toEqual([]);
    });
  });

  it('shows nothing to a reader that never entered, nor to the next transaction', async () => {
    expect(await rowsFor('set local role accord_reader')).toBe(0);
    await reading(enter('GB'), (sql) => sql.query(seen));
    expect(await rowsFor('set local role accord_reader')).toBe(0);
  });

  it('forgets an earlier entry when a later one is not allowed', async () => {
    const rows = await reading(enter('GB'), async (sql) => {
      await sql.query('reset role');
      await sql.query(enter('IT'));
      return sql.query(seen);
    });
    expect(rows).toEqual([]);
  });

  it.each([
    ['write what it reads', 'update views.things set withheld = false'],
    ['delete it', 'delete from views.things'],
    ['see the agreements', 'select * from views.agreements'],
    ['enter as somebody else', enter('GB')],
  ])('lets no reader %s', async (_, statement) => {
    await expect(reading(enter('AL'), (sql) => sql.query(statement))).rejects.toMatchObject({ code: '42501' });
  });

  it('tells how far each source has been applied', async () => {
    await db.query(`insert into views.sources (source, sequence, hash, log_offset) values ('/members/GB', 812, '', 0)`);
    const [row] = await db.transaction((sql) => sql.query(enter('AL')));
    expect(row).toEqual({ sequences: { '/members/GB': 812 } });
    await db.query('delete from views.sources');
  });

  it('reads the time alike in any session', async () => {
    const text = `set local datestyle = 'SQL, DMY'; set local timezone = 'Asia/Kathmandu'; ${enter('AL')}`;
    const rows = await db.transaction(async (sql) => {
      await sql.exec(text);
      return sql.query(seen);
    });
    expect(rows).toHaveLength(1);
  });

  it('is the only way: no table is open to the reader without row-level security', async () => {
    expect(await db.query(openTables('views'))).toEqual([]);
    await db.exec('create table views.leak (a int); grant select on views.leak to accord_reader');
    expect(await db.query(openTables('views'))).toEqual([{ name: 'leak' }]);
    await db.exec('drop table views.leak');
  });

  it('protects a table again without harm', async () => {
    await db.exec(protect('views', 'things'));
    expect(await rowsFor(enter('AL'))).toBe(1);
  });
});

describe('an owner that is no superuser', () => {
  let db: Database;
  beforeAll(async () => {
    db = await openViews();
    await db.exec(`create role keeper nologin createrole; grant accord_reader to keeper with admin option;
      grant create on database postgres to keeper; set role keeper`);
    await createViews(db, 'kept');
  });
  afterAll(() => db.close());

  it('keeps its rights to a protected table, and reads as the rule says', async () => {
    await db.exec(`insert into kept.members select * from jsonb_populate_recordset(null::kept.members,
      '[{"code":"AL","bit":62,"name":"AL","contact":"","state":"active","signing_keys":[]}]')`);
    await db.exec(`insert into kept.things values
      (gen_random_uuid(), 'AL', 496, 0, -1, 0, 0, null, '2028-05-15', 0, false),
      (gen_random_uuid(), 'GB', 0, -1, 0, -1, 0, null, '2028-05-15', 0, false)`);
    await db.exec(`update kept.things set withheld = true`);
    expect(await db.query('select * from kept.things')).toHaveLength(2);
    const rows = await db.transaction(async (sql) => {
      await sql.query(enter('AL', 'returns', 'kept'));
      return sql.query('select originator from kept.things');
    });
    expect(rows).toEqual([{ originator: 'AL' }]);
  });
});

describe('a swap', () => {
  it('makes the functions again for the new name, in its own transaction', async () => {
    const db = await openViews();
    await createViews(db, 'views_next');
    await load(db, world);
    await db.exec(`insert into views_next.members select * from views.members;
      insert into views_next.agreements select * from views.agreements;
      insert into views_next.things select * from views.things`);
    await db.transaction(async (sql) => {
      await sql.exec('drop schema views cascade; alter schema views_next rename to views');
      await sql.exec(accessFunctions('views'));
    });
    const viewer = { member: 'AL', roles: [], clearance: 'OFFICIAL', purpose: 'people-smuggling' } as const;
    expect([...(await visibleTo(db, viewer, now, [])).keys()]).toEqual([report.id]);
    await db.close();
  });
});
