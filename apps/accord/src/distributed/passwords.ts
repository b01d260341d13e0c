import { randomBytes } from 'node:crypto';
import type { Home } from '../home/home.ts';

const BYTES = 24;

/** A password for each name, kept in a key file of the data directory; makes what is missing. */
export const ensurePasswords = (home: Home, file: string, names: readonly string[]): Record<string, string> => {
  const path = ['keys', `${file}.json`];
  const known = home.has(...path) ? home.readJson<Record<string, string>>(...path) : {};
  const missing = names.filter((name) => !Object.hasOwn(known, name));
  const made = Object.fromEntries(missing.map((name) => [name, randomBytes(BYTES).toString('hex')]));
  const all = { ...known, ...made };
  if (missing.length > 0) home.writeJson(all, ...path);
  return all;
};
