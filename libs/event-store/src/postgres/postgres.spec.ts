import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { openPostgres, quoteIdent, type Database } from '#sql';
import { describePostgres, noteAdapter } from '#sql/testing';
import type { NewEvent } from '../port.ts';
import { eventStoreContract } from '../testing/event-store.contract.ts';
import { event, names, readUntil, until, type EventStoreHarness, type HeldAppend } from '../testing/harness.ts';
import { appendWithin } from './append.ts';
import { openSqlEventStore } from './index.ts';
import { sqlStoreContract } from './sql-store.contract.ts';

const unavailable = await describePostgres('The event store on PostgreSQL', (newDatabase) => {
  let url: string;
  let db: Database;
  let count = 0;
  beforeAll(async () => {
    url = await newDatabase();
    db = await openPostgres({ url, max: 40 });
  }, 60_000);
  afterAll(() => db.close());

  /** Each `open` gets connections of its own, as another process has. */
  async function setup(): Promise<EventStoreHarness> {
    const schema = `s${++count}`;
    const pools: Database[] = [];
    return {
      open: async (upcasters) => {
        const pool = await openPostgres({ url, max: 33 });
        pools.push(pool);
        return openSqlEventStore({ db: pool, schema, upcasters });
      },
      hold: (stream, events) => hold(db, schema, stream, events),
      close: async () => void (await Promise.all(pools.map((pool) => pool.close()))),
    };
  }
  eventStoreContract(setup, { hasTransactions: true });
  sqlStoreContract(async () => openPostgres({ url: await newDatabase() }));

  it('is opened by many processes at once, each finding it whole', async () => {
    const pools = await Promise.all(Array.from({ length: 6 }, () => openPostgres({ url, max: 2 })));
    const stores = await Promise.all(pools.map((pool) => openSqlEventStore({ db: pool, schema: 'at_once' })));
    await Promise.all(stores.map((store, i) => store.append(`s${i}`, 'no-stream', [event(`e${i}`)])));
    await expect(readUntil(6, () => stores[0]!.readAll(null, 10))).resolves.toHaveLength(6);
    await expect(db.query('select epoch from at_once.epochs')).resolves.toEqual([{ epoch: 1 }]);
    await Promise.all(pools.map((pool) => pool.close()));
  });

  it('orders the events of a stream by their versions, also where the later one is of the older transaction', async () => {
    const store = await openSqlEventStore({ db, schema: 'waited' });
    await store.append('s', 'no-stream', [event('1')]);
    await db.transaction(async (sql) => {
      await sql.query('select pg_current_xact_id()');
      await store.append('s', 1, [event('2')]);
      await store.append('s', 2, [event('3')]);
      await appendWithin(sql, quoteIdent('waited'), [{ stream: 's', expected: 3, events: [event('4')] }]);
    });
    await store.append('s', 4, [event('5')]);
    expect(names(await readUntil(5, () => store.readAll(null, 10)))).toEqual(['1', '2', '3', '4', '5']);
  });

  it('answers that it is unavailable to an append whose connection is killed, and stores nothing of it', async () => {
    const store = await openSqlEventStore({ db, schema: 'cut' });
    await store.append('s', 'no-stream', [event('a')]);
    let refused: Promise<unknown> = Promise.resolve();
    await db.transaction(async (sql) => {
      await sql.query(`select from cut.streams for update`);
      refused = expect(store.append('s', 1, [event('b')])).rejects.toMatchObject({ code: 'store-unavailable' });
      const blocked = `select pid from pg_stat_activity where cardinality(pg_blocking_pids(pid)) > 0 and query like '%cut%'`;
      await until(async () => (await db.query(blocked)).length === 1);
      await db.query(`select pg_terminate_backend(pid) from (${blocked}) b`);
      await refused;
    });
    expect(names(await store.readStream('s'))).toEqual(['a']);
    await expect(store.append('s', 1, [event('b')])).resolves.toBe(2);
  });

  it('goes on hearing of appends when the listening connection was lost', async () => {
    const [reader, writer] = [await openPostgres({ url, max: 4 }), await openSqlEventStore({ db, schema: 'lost' })];
    const store = await openSqlEventStore({ db: reader, schema: 'lost' });
    const heard: string[] = [];
    const subscription = await store.subscribe(null, async (events) => void heard.push(...names(events)));
    const listening = `select pid from pg_stat_activity where query = 'listen "accord.events.lost"'`;
    await until(async () => (await db.query(listening)).length === 1);
    await db.query(`select pg_terminate_backend(pid) from (${listening}) l`);
    await writer.append('s', 'no-stream', [event('a')]);
    await until(() => heard.length === 1);
    await until(async () => (await db.query(listening)).length === 1);
    await writer.append('s', 1, [event('b')]);
    await until(() => heard.length === 2);
    await subscription.stop();
    await store.close();
    await reader.close();
  });
});

noteAdapter('event-store', 'PostgreSQL', unavailable);

/** Appends in a transaction of its own, and leaves it open. */
async function hold(db: Database, schema: string, stream: string, events: readonly NewEvent[]): Promise<HeldAppend> {
  let end: () => void = () => {};
  const ended = new Promise<void>((resolve) => (end = resolve));
  let pid = 0;
  let ready: () => void = () => {};
  const written = new Promise<void>((resolve) => (ready = resolve));
  const transaction = db.transaction(async (sql) => {
    [{ pid }] = (await sql.query<{ pid: number }>('select pg_backend_pid() as pid')) as [{ pid: number }];
    await appendWithin(sql, quoteIdent(schema), [{ stream, expected: 'no-stream', events }]);
    ready();
    await ended;
  });
  await Promise.race([written, transaction]);
  return {
    commit: () => (end(), transaction),
    kill: async () => {
      await db.query('select pg_terminate_backend($1)', [pid]);
      end();
      await transaction.catch(() => {});
    },
  };
}
