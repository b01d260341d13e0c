import { readFile } from 'node:fs/promises';
import type { Migration } from '#sql';

export const CONSULTATION_SCHEMA = 'consultation';

const FILES = {
  'consultation-001': './schema.sql',
  'consultation-002': './schema-002.sql',
  'consultation-003': './schema-003.sql',
  'consultation-004': './schema-004.sql',
  'consultation-005': './schema-005.sql',
  'consultation-006': './schema-006.sql',
  'consultation-007': './schema-007.sql',
};

/** In their order. The reader role must be there. */
export const consultationMigrations = (): Promise<Migration[]> =>
  Promise.all(
    Object.entries(FILES).map(async ([name, file]) => ({
      name,
      sql: await readFile(new URL(file, import.meta.url), 'utf8'),
    })),
  );
