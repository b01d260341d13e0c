import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openPglite } from '#sql';
import { names } from '../testing/harness.ts';
import { openSqlEventStore } from './index.ts';

const WRITER = join(import.meta.dirname, '../testing/crash-writer.ts');
const FLAGS = ['--conditions=source', '--experimental-transform-types', '--no-warnings'];

describe('The event store in a directory', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'accord-crash-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('has one owner, and loses nothing that it acknowledged when that is killed', async () => {
    const dir = join(folder, 'data');
    let acknowledged = 0;
    for (const enough of [20, 45, 70]) {
      acknowledged = await writeUntil(dir, enough);
      const db = await openPglite(dir);
      const store = await openSqlEventStore({ db, schema: 'gb' });
      const stored = await store.readStream('s');
      expect(stored.length).toBeGreaterThanOrEqual(acknowledged);
      expect(names(stored)).toEqual(stored.map((_, i) => `e${i + 1}`));
      await expect(store.readAll(null, 1000)).resolves.toEqual(stored);
      await store.close();
      await db.close();
    }
  }, 300_000);
});

/** Runs the writer until it has acknowledged so many versions, and kills it. Answers the last one acknowledged. */
async function writeUntil(dir: string, enough: number): Promise<number> {
  const writer = spawn(process.execPath, [...FLAGS, WRITER, dir], { stdio: ['ignore', 'pipe', 'inherit'] });
  const gone = once(writer, 'exit');
  let last = 0;
  try {
    for await (const line of createInterface(writer.stdout)) {
      last = Number(line);
      if (last !== enough) continue;
      await expect(openPglite(dir)).rejects.toThrow('in use');
      writer.kill('SIGKILL');
    }
  } finally {
    writer.kill('SIGKILL');
    await gone;
  }
  expect(last).toBeGreaterThanOrEqual(enough);
  return last;
}
