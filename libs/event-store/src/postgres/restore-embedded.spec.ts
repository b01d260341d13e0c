import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { openPglite } from '#sql';
import { event, names } from '../testing/harness.ts';
import { openSqlEventStore } from './index.ts';

describe('An embedded event store, restored from a copy of its directory', () => {
  const folder = mkdtempSync(join(tmpdir(), 'accord-restore-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('has lost no event and keeps the order, for new events and readers that had read half of it too', async () => {
    const db = await openPglite(join(folder, 'old'));
    const store = await openSqlEventStore({ db, schema: 'gb' });
    for (const name of ['a', 'b', 'c']) await store.append(`s-${name}`, 'no-stream', [event(name), event(`${name}2`)]);
    const before = await store.readAll(null, 100);
    await store.close();
    await db.close();
    cpSync(join(folder, 'old'), join(folder, 'copy'), { recursive: true });
    rmSync(join(folder, 'old'), { recursive: true });

    const copied = await openPglite(join(folder, 'copy'));
    const restored = await openSqlEventStore({ db: copied, schema: 'gb' });
    expect(await restored.readAll(null, 100)).toEqual(before);
    await restored.append('s-b', 2, [event('later')]);
    expect(names(await restored.readAll(null, 100))).toEqual([...names(before), 'later']);
    expect(names(await restored.readAll(before[2]!.position, 100))).toEqual([...names(before.slice(3)), 'later']);
    await expect(restored.append('s-c', 'no-stream', [event('x')])).rejects.toThrow('s-c');
    await restored.close();
    await copied.close();
  });
});
