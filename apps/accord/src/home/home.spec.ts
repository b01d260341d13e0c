import { existsSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { lockDirectory } from '#sql';
import { endpointsFrom, Home } from './home.ts';
import { ensureIssuer } from './issuers.ts';

const newDir = () => mkdtempSync(join(tmpdir(), 'accord-home-'));

describe('a data directory', () => {
  it('is .accord where the setting is empty, never the current directory', () => {
    expect(new Home('').dir).toBe(new Home(undefined).dir);
    expect(new Home('').dir).not.toBe(process.cwd());
  });

  it('is cleared where it is a product’s that does not run', async () => {
    const home = new Home(newDir());
    await ensureIssuer(home, 'GB');
    await home.clear();
    expect(existsSync(home.dir)).toBe(false);
    await home.clear();
  });

  it('is left alone while a product runs on it', async () => {
    const home = new Home(newDir());
    await ensureIssuer(home, 'GB');
    const unlock = await lockDirectory(home.path('db'));
    await expect(home.clear()).rejects.toThrow('in use');
    expect(home.has('keys', 'issuers', 'GB.json')).toBe(true);
    await unlock();
  });

  it('is left alone where it holds something else', async () => {
    const home = new Home(newDir());
    writeFileSync(home.path('thesis.txt'), 'years of work');
    await expect(home.clear()).rejects.toThrow('no data directory of Accord');
    expect(home.has('thesis.txt')).toBe(true);
  });

  it('says so where no product has been started on it', () => {
    expect(() => new Home(newDir()).endpoints()).toThrow('accord start');
  });
});

describe('the ports', () => {
  it('are those of the house, from any base', () => {
    expect(endpointsFrom(4000, ['GB', 'AL', 'XK', 'MK', 'ME'])).toEqual({
      registry: 'http://127.0.0.1:4000',
      views: 'http://127.0.0.1:4100',
      nodes: {
        GB: 'http://127.0.0.1:4101',
        AL: 'http://127.0.0.1:4102',
        XK: 'http://127.0.0.1:4103',
        MK: 'http://127.0.0.1:4104',
        ME: 'http://127.0.0.1:4105',
      },
    });
  });
});
