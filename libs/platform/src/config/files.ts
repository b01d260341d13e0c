import { readFileSync } from 'node:fs';
import { ConfigError } from './config.ts';

/** A file that a setting names. Throws ConfigError with the setting's name, never with what the file holds. */
export const textOf = (setting: string, path: string): string => {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch {
    throw new ConfigError(`Setting ${setting}: the file cannot be read`);
  }
};

/** The same for a JSON file. */
export const jsonOf = <T>(setting: string, path: string): T => {
  const text = textOf(setting, path);
  try {
    return JSON.parse(text) as T;
  } catch {
    throw new ConfigError(`Setting ${setting}: the file is not JSON`);
  }
};

/** A secret that stands in the setting NAME itself, or in the file that NAME_FILE names. Undefined where neither is set. */
export const secretOf = (name: string, value: string | undefined, file: string | undefined): string | undefined => {
  if (value !== undefined && file !== undefined) throw new ConfigError(`Setting ${name}: ${name}_FILE is set as well`);
  return file === undefined ? value : textOf(`${name}_FILE`, file);
};
