import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { migrate, oneOf, type Database } from '../index.ts';
import { copyContract } from './copy.contract.ts';
import { repeatedContract } from './repeated.contract.ts';

/** What every Database does alike. `open` answers an empty one. */
export function databaseContract(open: () => Promise<Database>): void {
  let db: Database;
  beforeAll(async () => {
    db = await open();
  }, 60_000);
  afterAll(() => db.close());

  const echo = async (type: string, value: unknown) => {
    const [row] = await db.query<{ v: unknown }>(`select $1::${type} as v`, [value]);
    return row?.v;
  };

  describe('values there and back', () => {
    const day = new Date('2025-05-15T12:34:56.789Z');
    const uuid = '01970000-0000-7000-8000-00000000000a';
    it.each<[string, unknown, unknown]>([
      ['bigint', 42, 42],
      ['bigint', -1, -1],
      ['bigint', 2n ** 62n, 2n ** 62n],
      ['bigint', '9007199254740993', 9007199254740993n],
      ['int', 7, 7],
      ['smallint', 3, 3],
      ['float8', 1.5, 1.5],
      ['numeric', '1000000.00', '1000000.00'],
      ['boolean', true, true],
      ['text', 'Hoxha "x" \\ {} ë Џ', 'Hoxha "x" \\ {} ë Џ'],
      ['text', null, null],
      ['text', undefined, null],
      ['text', '', ''],
      ['text', 5, '5'],
      ['uuid', uuid, uuid],
      ['date', '2025-05-15', '2025-05-15'],
      ['timestamptz', day, day],
      ['timestamptz', '2025-05-15T14:34:56.789012+02:00', day],
      ['timestamptz', '0099-12-31T23:59:59Z', new Date('0099-12-31T23:59:59Z')],
      ['timestamp', '2025-05-15T12:34:56.789', day],
      ['timestamptz', 'infinity', Infinity],
      ['interval', '1 day', '1 day'],
      ['xid8', '18446744073709551615', '18446744073709551615'],
      ['bytea', new Uint8Array([0, 1, 255]), new Uint8Array([0, 1, 255])],
      ['jsonb', { a: [1, { b: null }] }, { a: [1, { b: null }] }],
      ['jsonb', JSON.stringify([1, 2]), [1, 2]],
      ['json', '{"b":1,"a":2}', { b: 1, a: 2 }],
      [
        'text[]',
        ['a', 'b"c', null, '{x}', '\\', '', 'NULL', 'a,b', 'ë', '\n'],
        ['a', 'b"c', null, '{x}', '\\', '', 'NULL', 'a,b', 'ë', '\n'],
      ],
      ['text[]', [], []],
      [
        'text[][]',
        [
          ['a', 'b'],
          ['c', '}'],
        ],
        [
          ['a', 'b'],
          ['c', '}'],
        ],
      ],
      ['int[]', [1, 2, null], [1, 2, null]],
      ['bigint[]', [1, 2n ** 62n], [1, 2n ** 62n]],
      ['boolean[]', [true, false, null], [true, false, null]],
      ['uuid[]', [uuid, null], [uuid, null]],
      ['timestamptz[]', [day, null], [day, null]],
      ['numeric[]', ['1.50'], ['1.50']],
      ['bytea[]', [new Uint8Array([1, 2])], [new Uint8Array([1, 2])]],
      ['jsonb[]', [{ a: 'x"y\\' }, '[1]', null], [{ a: 'x"y\\' }, [1], null]],
      ['xid8[]', ['7'], ['7']],
    ])('%s %p', async (type, value, expected) => {
      const read = await echo(type, value);
      expect(read).toEqual(expected);
      expect(Object.getPrototypeOf(Object(read))).toBe(Object.getPrototypeOf(Object(expected)));
    });

    it.each(['Europe/Tirane', 'America/St_Johns', 'UTC'])('reads an instant as it is written in %s', (zone) =>
      db.transaction(async (sql) => {
        await sql.query(`select set_config('timezone', $1, true)`, [zone]);
        expect(await sql.query('select $1::timestamptz as at', [day])).toEqual([{ at: day }]);
      }),
    );

    it('gives set-based statements their columns', async () => {
      const rows = await db.query(`select * from unnest($1::text[], $2::int[], $3::uuid[]) as t(a, b, c) order by b`, [
        ['y', 'x'],
        [2, 1],
        [uuid, uuid],
      ]);
      expect(rows).toEqual([
        { a: 'x', b: 1, c: uuid },
        { a: 'y', b: 2, c: uuid },
      ]);
    });

    it('finds by one of many values', async () => {
      const text = `select x from generate_series(1, 9) as t(x) where x = ${oneOf('$1', 'bigint')} order by x`;
      await expect(db.query(text, [[8, 2, 20]])).resolves.toEqual([{ x: 2 }, { x: 8 }]);
      await expect(db.query(text, [[]])).resolves.toEqual([]);
    });
  });

  describe('transactions', () => {
    beforeAll(() => db.exec(`create schema t; create table t.n (i int primary key); create table t.m (i int);`));

    it('commits what resolves and undoes what rejects', async () => {
      await expect(
        db.transaction(async (sql) => (await sql.query('insert into t.n values (1)'), 'done')),
      ).resolves.toBe('done');
      const failing = db.transaction(async (sql) => {
        await sql.exec('insert into t.n values (2); insert into t.n values (3)');
        throw new Error('no');
      });
      await expect(failing).rejects.toThrow('no');
      await expect(db.query('select i from t.n')).resolves.toEqual([{ i: 1 }]);
    });

    it('tells the SQLSTATE of what PostgreSQL refuses, and goes on', async () => {
      await expect(db.query('insert into t.n values (1)')).rejects.toMatchObject({ code: '23505' });
      await expect(db.transaction((sql) => sql.query('select nothing'))).rejects.toMatchObject({ code: '42703' });
      await expect(db.query('select 1 as one')).resolves.toEqual([{ one: 1 }]);
    });

    it('refuses to report a commit that was none', async () => {
      const swallowing = db.transaction(async (sql) => {
        await sql.query('insert into t.n values (9)');
        await sql.query('select nothing').catch(() => {});
      });
      await expect(swallowing).rejects.toThrow();
      await expect(db.query('select i from t.n where i = 9')).resolves.toEqual([]);
    });

    it('keeps settings of a transaction out of the next', async () => {
      await db.transaction((sql) => sql.query(`select set_config('accord.member', 'AL', true)`));
      const [row] = await db.query<{ v: string | null }>(`select current_setting('accord.member', true) as v`);
      expect(row?.v ?? '').toBe('');
    });

    it('never lets one transaction into another', async () => {
      const increments = Array.from({ length: 20 }, () =>
        db.transaction(async (sql) => {
          await sql.query('lock table t.m in exclusive mode');
          const [row] = await sql.query<{ n: number }>('select count(*) as n from t.m');
          await sql.query('insert into t.m values ($1)', [row!.n]);
        }),
      );
      const outside = db.query('select count(*) as n from t.m');
      await Promise.all([...increments, outside]);
      const rows = await db.query<{ i: number }>('select i from t.m order by i');
      expect(rows.map((row) => row.i)).toEqual(Array.from({ length: 20 }, (_, i) => i));
    });
  });

  copyContract(() => db);
  repeatedContract(() => db);

  describe('listen', () => {
    it('hears what others commit, and nothing after it has stopped', async () => {
      const heard: string[] = [];
      let wake: () => void = () => {};
      const stop = await db.listen('Some-Channel', (payload) => (heard.push(payload), wake()));
      const woken = new Promise<void>((resolve) => (wake = resolve));
      await db.transaction((sql) => sql.query(`select pg_notify('Some-Channel', 'a')`));
      await woken;
      await stop();
      await db.query(`select pg_notify('Some-Channel', 'b')`);
      await db.query('select 1');
      expect(heard).toEqual(['a']);
    });
  });

  describe('migrate', () => {
    const first = { name: 'mod-001', sql: 'create table {schema}.a (i int); create table {schema}.b (i int);' };
    const second = {
      name: 'mod-002',
      sql: `insert into {schema}.a values (1); comment on schema {schema} is '{schema}'`,
    };

    it('runs each step once, whoever asks at the same time', async () => {
      await Promise.all([migrate(db, 'gb', [first]), migrate(db, 'gb', [first]), migrate(db, 'gb', [first, second])]);
      await migrate(db, 'gb', [first, second]);
      await expect(db.query('select i from gb.a')).resolves.toEqual([{ i: 1 }]);
      await expect(db.query('select name from gb.migrations order by name')).resolves.toEqual([
        { name: 'mod-001' },
        { name: 'mod-002' },
      ]);
    });

    it('lets modules share a schema', async () => {
      await migrate(db, 'gb', [{ name: 'other-001', sql: 'create table {schema}.other (i int)' }]);
      await expect(db.query('select count(*) as n from gb.other')).resolves.toEqual([{ n: 0 }]);
    });

    it('names the step that was changed after it had run, and runs nothing', async () => {
      const changed = { ...first, sql: 'create table {schema}.a (i bigint)' };
      const third = { name: 'mod-003', sql: 'create table {schema}.c (i int)' };
      await expect(migrate(db, 'gb', [third, changed])).rejects.toThrow('mod-001');
      await expect(db.query(`select to_regclass('gb.c')::text as c`)).resolves.toEqual([{ c: null }]);
    });

    it('leaves nothing of a step that fails', async () => {
      const failing = { name: 'bad-001', sql: 'create table {schema}.half (i int); select nothing;' };
      await expect(migrate(db, 'xk', [failing])).rejects.toMatchObject({ code: '42703' });
      await expect(
        db.query(`select to_regclass('xk.half')::text as c, to_regclass('xk.migrations')::text as m`),
      ).resolves.toEqual([{ c: null, m: null }]);
    });

    it('takes a country whose code is a word of SQL, and refuses what is no name', async () => {
      await migrate(db, 'is', [first, second]);
      for (const name of ['GB', 'a b', 'a"; drop schema gb', '', '1a']) {
        await expect(migrate(db, name, [])).rejects.toThrow('schema name');
      }
    });
  });
}
