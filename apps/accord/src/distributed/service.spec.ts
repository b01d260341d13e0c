import { mkdtempSync, rmSync } from 'node:fs';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { Home } from '../home/home.ts';
import { deathOf, hasEnded } from './piece.ts';
import { healthy, startService } from './service.ts';

const node = process.execPath;
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'accord-service-'));
});
afterEach(() => {
  process.execPath = node;
  rmSync(folder, { recursive: true });
});

it('a service whose process cannot be started is told of as one that ended', async () => {
  process.execPath = join(folder, 'no-such-node');
  const piece = startService(new Home(folder), { name: 'gb', app: 'member-node', url: 'http://127.0.0.1:9', env: {} });
  await once(piece.process, 'error').catch(() => undefined);
  expect(hasEnded(piece.process)).toBe(true);
  expect(deathOf(piece)).toMatch(/^gb has ended with -2: .*ENOENT/);
  await expect(healthy(piece, 'http://127.0.0.1:9', AbortSignal.timeout(5_000))).rejects.toThrow('ENOENT');
  await piece.stop();
});
