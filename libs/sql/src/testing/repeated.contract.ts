import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Database, Sql } from '../database.ts';

/** A statement may be kept from one time to the next: what it answers must not show it. */
export function repeatedContract(open: () => Database): void {
  describe('statements asked again and again', () => {
    let db: Database;
    beforeAll(async () => {
      db = open();
      await db.exec('create schema again; create table again.n (i int primary key, note text);');
    });
    const times = async <T>(count: number, ask: (n: number) => Promise<T>): Promise<T[]> => {
      const answers: T[] = [];
      for (let n = 0; n < count; n += 1) answers.push(await ask(n));
      return answers;
    };

    it('take other values each time, of any length, and null', async () => {
      const notes = ['a', '', null, 'x'.repeat(100_000), "'; drop table again.n; --", 'ë\n', null, 'b'];
      const told = await times(notes.length, (n) => db.query('select $1::text as note, $2::int as n', [notes[n], n]));
      expect(told).toEqual(notes.map((note, n) => [{ note, n }]));
    });

    it('go on after one of them was refused, alone and in a transaction', async () => {
      const insert = (n: number) => db.query('insert into again.n values ($1, $2)', [n % 3, 'x']).catch(codeOf);
      expect(await times(9, insert)).toEqual([[], [], [], ...Array.from({ length: 6 }, () => '23505')]);
      const failing = db.transaction(async (sql) => {
        await sql.query('insert into again.n values ($1, $2)', [7, 'x']);
        await sql.query('insert into again.n values ($1, $2)', [0, 'x']);
      });
      await expect(failing).rejects.toMatchObject({ code: '23505' });
      await expect(insert(3 * 7 + 1)).resolves.toBe('23505');
      await expect(db.query('insert into again.n values ($1, $2)', [7, 'y'])).resolves.toEqual([]);
    });

    it('answer as the tables have become', async () => {
      const all = () => db.query('select * from again.m');
      await db.exec('create table again.m (i int); insert into again.m values (1);');
      expect(await times(7, all)).toEqual(Array.from({ length: 7 }, () => [{ i: 1 }]));
      await db.exec(`alter table again.m add word text default 'new', alter i type text`);
      expect(await times(3, all)).toEqual(Array.from({ length: 3 }, () => [{ i: '1', word: 'new' }]));
      await db.transaction(async (sql) => {
        await sql.exec('alter table again.m rename to old; create table again.m (other int)');
        await expect(sql.query('select * from again.m')).resolves.toEqual([]);
      });
      await db.query('drop table again.m');
      await expect(all()).rejects.toMatchObject({ code: '42P01' });
      await db.query('alter table again.old rename to m');
      await expect(all()).resolves.toEqual([{ i: '1', word: 'new' }]);
    });

    it('answer as the tables are again after a change that was rolled back', async () => {
      await db.exec('create table again.b (i int); insert into again.b values (1);');
      const all = (sql: Sql) => sql.query('select * from again.b');
      await times(3, () => all(db));
      const undone = db.transaction(async (sql) => {
        await sql.exec('alter table again.b add word text');
        await times(3, () => all(sql));
        throw new Error('undone');
      });
      await expect(undone).rejects.toThrow('undone');
      expect(await times(3, () => all(db))).toEqual([[{ i: 1 }], [{ i: 1 }], [{ i: 1 }]]);
    });

    it('find temporary tables that come and go', async () => {
      const counted = await times(8, (n) =>
        db.transaction(async (sql) => {
          await sql.exec('create temporary table staged (i int) on commit drop');
          await sql.query('insert into staged select generate_series(1, $1)', [n]);
          return (await sql.query('select count(*) as n from staged'))[0];
        }),
      );
      expect(counted).toEqual([0, 1, 2, 3, 4, 5, 6, 7].map((n) => ({ n })));
    });

    it('may be more than are kept', async () => {
      const round = () => times(320, async (n) => (await db.query<{ n: number }>(`select ${n} as n`))[0]!.n);
      const numbers = Array.from({ length: 320 }, (_, n) => n);
      for (let n = 0; n < 3; n += 1) expect(await round()).toEqual(numbers);
    });

    it('are judged as the role that asks now', async () => {
      // Roles are the whole server's.
      const role = `again_${randomUUID().replaceAll('-', '')}`;
      await db.exec(`create role ${role} nologin; grant usage on schema again to ${role};
        grant select on again.n to ${role}; alter table again.n enable row level security;
        create policy odd on again.n to ${role} using (i % 2 = 1)`);
      const asked = await times(14, (n) =>
        db.transaction(async (sql) => {
          if (n % 2 === 1) await sql.query(`select set_config('role', $1, true)`, [role]);
          return (await sql.query<{ i: number }>('select i from again.n order by i')).map(({ i }) => i);
        }),
      );
      expect(asked).toEqual(Array.from({ length: 14 }, (_, n) => (n % 2 === 1 ? [1, 7] : [0, 1, 2, 7])));
    });
  });
}

const codeOf = (error: unknown): unknown => (error as { code?: unknown }).code;
