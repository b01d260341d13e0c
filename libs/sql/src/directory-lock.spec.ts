import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { lockDirectory } from './directory-lock.ts';

describe('lockDirectory', () => {
  let folder: string;
  let dir: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'accord-lock-'));
    dir = join(folder, 'data');
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('has one owner at a time', async () => {
    const unlock = await lockDirectory(dir);
    await expect(lockDirectory(dir)).rejects.toThrow('in use');
    await unlock();
    expect(existsSync(`${dir}.lock`)).toBe(false);
    await (
      await lockDirectory(dir)
    )();
  });

  it.each([
    ['of a process that has ended', () => `${spawnSync(process.execPath, ['-e', '']).pid} 1`],
    ['of an earlier process with the id of this one', () => `${process.pid} 1`],
    ['that was not written to its end', () => ''],
  ])('takes over a lock %s', async (_, content) => {
    writeFileSync(`${dir}.lock`, content());
    const unlock = await lockDirectory(dir);
    expect(readFileSync(`${dir}.lock`, 'utf8')).toMatch(new RegExp(`^${process.pid} `));
    await unlock();
  });

  const onLinux = process.platform === 'linux' ? it : it.skip;
  onLinux('leaves alone the lock of a living process', async () => {
    const stat = readFileSync(`/proc/${process.ppid}/stat`, 'utf8');
    const lock = `${process.ppid} ${stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]}`;
    writeFileSync(`${dir}.lock`, lock);
    await expect(lockDirectory(dir)).rejects.toThrow('in use');
    expect(readFileSync(`${dir}.lock`, 'utf8')).toBe(lock);
  });
});
