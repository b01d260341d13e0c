import { execFile } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { afterAll, expect, it } from '@jest/globals';
import { startPostgres, stopPostgres, type LocalServer } from '#platform/servers';
import { openPostgres, type Database } from '#sql';
import { describeDumps } from '../testing/dump-tools.ts';
import { event, names, readUntil } from '../testing/harness.ts';
import { openSqlEventStore } from './index.ts';

const run = promisify(execFile);

describeDumps('A restored event store', (bin) => {
  const folder = mkdtempSync(join(tmpdir(), 'accord-restore-'));
  const servers: LocalServer[] = [];
  const pools: Database[] = [];
  afterAll(async () => {
    await Promise.all(pools.map((pool) => pool.close()));
    await Promise.all(servers.map((server) => stopPostgres(server.process, 'SIGQUIT')));
    rmSync(folder, { recursive: true, force: true });
  });

  const open = async (url: string): Promise<Database> => {
    for (;;) {
      const db = await openPostgres({ url, max: 4 }).catch(() => null);
      if (db) return pools[pools.push(db) - 1]!;
      await sleep(50);
    }
  };
  const newServer = async (name: string): Promise<{ db: Database; url: string }> => {
    chmodSync(folder, 0o711);
    mkdirSync(join(folder, name));
    const server = await startPostgres({ bin: bin, folder: join(folder, name), unsafe: true });
    servers.push(server);
    return { db: await open(server.url), url: server.url };
  };

  it('has lost no event, keeps the order, and begins a new epoch in a server that is younger than its transactions', async () => {
    const old = await newServer('old');
    const store = await openSqlEventStore({ db: old.db, schema: 'gb' });
    // As a server has that has run for long.
    for (let n = 0; n < 300; n++) await old.db.query('select pg_current_xact_id()');
    for (const name of ['a', 'b', 'c']) await store.append(`s-${name}`, 'no-stream', [event(name), event(`${name}2`)]);
    await store.append('s-a', 2, [event('a3')]);
    const before = await readUntil(7, () => store.readAll(null, 100));
    const dump = join(folder, 'gb.dump');
    await run(join(bin, 'pg_dump'), ['--format=custom', '--schema=gb', '--file', dump, old.url]);
    await store.close();

    const young = await newServer('young');
    await run(join(bin, 'pg_restore'), ['--exit-on-error', '--no-owner', '--dbname', young.url, dump]);
    const restored = await openSqlEventStore({ db: young.db, schema: 'gb' });
    expect(await restored.readAll(null, 100)).toEqual(before);
    expect(await young.db.query('select epoch from gb.epochs order by epoch')).toEqual([{ epoch: 1 }, { epoch: 2 }]);
    await restored.append('s-b', 2, [event('later')]);
    const after = await readUntil(8, () => restored.readAll(null, 100));
    expect(names(after)).toEqual([...names(before), 'later']);
    // Whoever had read up to here goes on from here.
    expect(names(await restored.readAll(before.at(-1)!.position, 100))).toEqual(['later']);
    await expect(restored.append('s-c', 'no-stream', [event('x')])).rejects.toThrow('s-c');
    await restored.close();
  });
});
