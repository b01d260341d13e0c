import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openPglite } from '#sql';
import { event } from '../testing/harness.ts';
import { openSqlEventStore } from './index.ts';

const WRITER = join(import.meta.dirname, '../testing/full-disk-writer.ts');
const FLAGS = ['--conditions=source', '--experimental-transform-types', '--no-warnings'];

describe('The event store in a directory whose disk is full', () => {
  let dir: string;
  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'accord-full-'));
  });
  afterAll(() => rm(dir, { recursive: true, force: true }));

  /** A limit on the size of files (in blocks of 512 bytes) does what a full disk does; a segment of the log has 16 MB. */
  it.each([
    ['its tables', 17 * 2048],
    ['its write-ahead log', 12 * 2048],
  ])(
    'refuses appends when there is no room for %s, and keeps what it acknowledged',
    async (name, blocks) => {
      const data = join(dir, name.replaceAll(' ', '-'));
      await (await openPglite(data)).close();
      const command = `trap '' XFSZ; ulimit -f ${blocks}; exec "$0" "$@"`;
      const { stdout } = await promisify(execFile)('sh', ['-c', command, process.execPath, ...FLAGS, WRITER, data]);
      const told = JSON.parse(stdout) as { acknowledged: number; first: string; again: string };
      expect(told).toEqual({
        acknowledged: expect.any(Number),
        first: 'store-unavailable',
        again: 'store-unavailable',
      });

      const db = await openPglite(data);
      const store = await openSqlEventStore({ db, schema: 'gb' });
      expect((await store.readStream('s')).map(({ version }) => version)).toEqual(
        Array.from({ length: told.acknowledged }, (_, i) => i + 1),
      );
      await expect(store.append('s', told.acknowledged || 'no-stream', [event('room again')])).resolves.toBe(
        told.acknowledged + 1,
      );
      await store.close();
      await db.close();
    },
    60_000,
  );
});
