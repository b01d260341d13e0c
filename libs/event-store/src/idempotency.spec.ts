import { afterAll, describe } from '@jest/globals';
import { openEventStoreDb } from '#event-store/eventstoredb';
import { openSqlEventStore } from '#event-store/postgres';
import { openPglite, openPostgres, type Database } from '#sql';
import { describePostgres } from '../../sql/src/testing/index.ts';
import { describeEventStoreDb, newStorePrefix } from './testing/eventstoredb-server.ts';
import { idempotencyContract } from './testing/idempotency.contract.ts';

function onDatabase(open: () => Promise<Database>): void {
  let db: Database;
  afterAll(() => db.close());
  idempotencyContract(async () => {
    db = await open();
    return openSqlEventStore({ db, schema: 'gb' });
  });
}

describe('idempotency on PGlite', () => onDatabase(() => openPglite('memory://')));

await describePostgres('idempotency on PostgreSQL', (newDatabase) => {
  onDatabase(async () => openPostgres({ url: await newDatabase() }));
});

await describeEventStoreDb('idempotency on EventStoreDB', (connectionString) => {
  idempotencyContract(() => openEventStoreDb({ connectionString, prefix: newStorePrefix() }));
});
