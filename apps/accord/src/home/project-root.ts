import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const find = (dir: string): string => {
  if (existsSync(join(dir, 'package.json')) && existsSync(join(dir, 'seeds'))) return dir;
  if (dirname(dir) === dir) throw new Error("Accord's own directory, with its seeds, was not found.");
  return find(dirname(dir));
};

/** Where Accord lies: the directory that holds its seeds, whether it runs from sources or from dist/. */
export const projectRoot = find(dirname(fileURLToPath(import.meta.url)));
