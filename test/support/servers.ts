import { describe, it } from '@jest/globals';
import { findBinaries, kafkaJars } from '#platform/servers';

const missing = async (): Promise<string | null> => {
  if (!findBinaries()) return 'no initdb and postgres on the PATH or in /usr/lib/postgresql';
  return kafkaJars().then(
    () => null,
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  );
};

/**
 * A describe() for what start-distributed does, which needs programs of this machine. Where they are missing it is
 * skipped and says so; with ACCORD_REQUIRE_SERVERS=1 it fails.
 */
export const describeDistributed = async (name: string, suite: () => void): Promise<void> => {
  const reason = await missing();
  if (reason === null) return void describe(name, suite);
  const message = `NOT TESTED as processes on Kafka and PostgreSQL: ${reason}`;
  if (process.env['ACCORD_REQUIRE_SERVERS'] === '1') {
    return void it(name, () => {
      throw new Error(message);
    });
  }
  console.warn(`${name}: ${message}`);
  it.skip(name, () => {});
};
