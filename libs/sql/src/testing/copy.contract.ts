import { beforeAll, describe, expect, it } from '@jest/globals';
import { copyRows, type Database } from '../index.ts';

/** COPY, as part of what every Database does alike. */
export function copyContract(db: () => Database): void {
  describe('copy', () => {
    beforeAll(() =>
      db().exec('create schema c; create table c.t (i int primary key, a text, b text[], j json, t timestamptz)'),
    );

    it('stores what values of any kind are, and null', async () => {
      const day = new Date('2026-01-02T03:04:05.678Z');
      const texts = ['', '\\N', 'a\tb\nc\rd\\e', '"x"', 'ë Џ', '\\.', null, 'NULL'];
      const rows = texts.map((text, i) => [i, text, [text, '{"}', 'a,b'], { text }, i % 2 === 0 ? day : undefined]);
      await db().copy('c.t (i, a, b, j, t)', copyRows(rows));
      await expect(db().query('select * from c.t order by i')).resolves.toEqual(
        texts.map((a, i) => ({ i, a, b: [a, '{"}', 'a,b'], j: { text: a }, t: i % 2 === 0 ? day : null })),
      );
      await db().exec('truncate c.t');
    });

    it('takes many bytes, and none', async () => {
      await db().copy(
        'c.t (i, a)',
        Buffer.from([...copyRows(Array.from({ length: 2000 }, (_, i) => [i, 'ë'.repeat(500)]))].join('')),
      );
      await db().copy('c.t (i, a)', copyRows([]));
      await expect(db().query('select count(*) as n, min(a) as a, max(a) as b from c.t')).resolves.toEqual([
        { n: 2000, a: 'ë'.repeat(500), b: 'ë'.repeat(500) },
      ]);
      await db().exec('truncate c.t');
    });

    it('is undone with its transaction, and goes on after what PostgreSQL refuses', async () => {
      const twice = db().transaction(async (sql) => {
        await sql.copy('c.t (i)', copyRows([[1]]));
        await sql.copy('c.t (i)', copyRows(Array.from({ length: 100_000 }, (_, i) => [i % 50_000])));
      });
      await expect(twice).rejects.toMatchObject({ code: '23505' });
      await expect(db().copy('c.t (i)', 'x\n')).rejects.toMatchObject({ code: '22P02' });
      await expect(db().copy('c.nothing (i)', '1\n')).rejects.toMatchObject({ code: '42P01' });
      await expect(db().query('select count(*) as n from c.t')).resolves.toEqual([{ n: 0 }]);
    });
  });
}
