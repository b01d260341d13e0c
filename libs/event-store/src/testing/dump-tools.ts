import { existsSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, it } from '@jest/globals';
import { findBinaries } from '#platform/servers';

/** The folder of PostgreSQL's server and of pg_dump: Debian links only some of them to the PATH. */
function folderOfTools(): string | null {
  const found = findBinaries();
  if (!found) return null;
  const folder = dirname(realpathSync(join(found, 'initdb')));
  return ['postgres', 'pg_dump', 'pg_restore'].every((tool) => existsSync(join(folder, tool))) ? folder : null;
}

/** A describe() for what takes dumps. Without the tools it is skipped and says so; with ACCORD_REQUIRE_SERVERS=1 it fails. */
export function describeDumps(name: string, suite: (bin: string) => void): void {
  const bin = folderOfTools();
  if (bin) return void describe(name, () => suite(bin));
  const message = 'NOT TESTED: there are no initdb, postgres, pg_dump and pg_restore here';
  if (process.env.ACCORD_REQUIRE_SERVERS === '1') {
    return void it(name, () => {
      throw new Error(message);
    });
  }
  console.warn(`${name}: ${message}`);
  it.skip(name, () => {});
}
