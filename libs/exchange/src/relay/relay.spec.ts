import { afterAll, afterEach, beforeAll, describe } from '@jest/globals';
import { openEmbeddedExchange } from '#exchange/embedded';
import { openSqlEventStore } from '#event-store/postgres';
import { openPglite, openPostgres, type Database } from '#sql';
import { describePostgres } from '../../../sql/src/testing/index.ts';
import { relayContract } from '../testing/relay.contract.ts';

function onDatabase(open: () => Promise<Database>): void {
  let db: Database;
  beforeAll(async () => {
    db = await open();
  });

  relayContract({
    openStore: () => openSqlEventStore({ db, schema: 'gb' }),
    openExchange: () => openEmbeddedExchange({ db, pollMs: 600_000 }),
  });
  // After the contract's own, which end the relays: one that still reads would be in each other's way with the drop.
  afterEach(() => db.exec('drop schema exchange cascade; drop schema gb cascade'));
  afterAll(() => db.close());
}

describe('the relay on PGlite', () => onDatabase(() => openPglite('memory://')));

await describePostgres('the relay on PostgreSQL', (newDatabase) => {
  onDatabase(async () => openPostgres({ url: await newDatabase() }));
});
