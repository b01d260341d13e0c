import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Database } from '#sql';
import { event, names, readUntil, released } from '../testing/harness.ts';
import { openSqlEventStore } from './index.ts';

/** What the SQL adapter promises beyond the port, on PGlite and PostgreSQL. */
export function sqlStoreContract(open: () => Promise<Database>): void {
  let db: Database;
  beforeAll(async () => {
    db = await open();
  }, 60_000);
  afterAll(() => db.close());

  it('opens a new epoch where a restore has set transaction ids back, and loses no order', async () => {
    const store = await openSqlEventStore({ db, schema: 'restored' });
    await store.append('a', 'no-stream', [released('a1')]);
    await store.append('b', 'no-stream', [released('b1')]);
    // As in a dump of a server that had come further than this one.
    await db.exec('update restored.events set txid = txid + 1000000000');
    const before = await db.query('select epoch from restored.epochs');
    const again = await openSqlEventStore({ db, schema: 'restored' });
    await again.append('c', 'no-stream', [released('c1')]);
    const all = await readUntil(3, () => again.readAll(null, 10));
    expect(names(all)).toEqual(['a1', 'b1', 'c1']);
    expect(names(await again.readAll(all[1]!.position, 10))).toEqual(['c1']);
    await expect(again.readPublished(null, 10)).resolves.toHaveLength(3);

    await Promise.all(Array.from({ length: 3 }, () => openSqlEventStore({ db, schema: 'restored' })));
    await expect(db.query('select epoch from restored.epochs order by epoch')).resolves.toEqual([
      ...before,
      { epoch: 2 },
    ]);
  });

  it('keeps stores in schemas apart', async () => {
    const [gb, al] = [await openSqlEventStore({ db, schema: 'gb' }), await openSqlEventStore({ db, schema: 'al' })];
    await gb.append('s', 'no-stream', [event('of GB')]);
    await al.append('s', 'no-stream', [event('of AL')]);
    expect(names(await readUntil(1, () => gb.readAll(null, 10)))).toEqual(['of GB']);
    expect(names(await readUntil(1, () => al.readAll(null, 10)))).toEqual(['of AL']);
  });

  describe('when the store cannot write', () => {
    it.each([
      ['a full disk', '53100'],
      ['too little memory', '53200'],
      ['a read-only server', '25006'],
    ])('says so for %s, and stores nothing', async (_, code) => {
      const schema = `full_${code}`;
      const store = await openSqlEventStore({ db, schema });
      await db.exec(`
        create function ${schema}.fail() returns trigger language plpgsql as
          $$ begin raise exception 'no' using errcode = '${code}'; end $$;
        create trigger fail before insert on ${schema}.events execute function ${schema}.fail();`);
      await expect(store.append('s', 'no-stream', [event('a')])).rejects.toMatchObject({
        code: 'store-unavailable',
        status: 503,
      });
      await db.exec(`drop trigger fail on ${schema}.events`);
      await expect(store.append('s', 'no-stream', [event('a')])).resolves.toBe(1);
    });
  });
}
