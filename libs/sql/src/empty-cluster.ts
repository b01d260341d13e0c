import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';

const require = createRequire(import.meta.url);

/** Beside the installed package, as other tools keep what they can make again. */
const place = (): string => {
  const main = require.resolve('@electric-sql/pglite');
  const modules = main.slice(0, main.lastIndexOf('node_modules') + 'node_modules'.length);
  const { version } = require(join(modules, '@electric-sql', 'pglite', 'package.json')) as { version: string };
  return join(modules, '.cache', 'accord', `pglite-${version}.tar`);
};

/**
 * What a new database begins with, made once per machine: making a new one takes five times as long as copying it, and
 * tests open hundreds.
 */
export const emptyCluster = async (): Promise<Blob> => {
  const path = place();
  if (existsSync(path)) return new Blob([await readFile(path)]);
  const db = await PGlite.create('memory://');
  const made = await db.dumpDataDir('none');
  await db.close();
  // Where others own what is installed, it is made each time.
  await keep(path, Buffer.from(await made.arrayBuffer())).catch(() => {});
  return made;
};

/** Renamed into place, because several workers may make it at once. */
const keep = async (path: string, bytes: Buffer): Promise<void> => {
  await mkdir(dirname(path), { recursive: true });
  const unfinished = `${path}.${randomUUID()}`;
  await writeFile(unfinished, bytes);
  await rename(unfinished, path);
};
