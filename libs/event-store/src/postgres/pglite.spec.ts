import { afterAll, beforeAll, describe } from '@jest/globals';
import { openPglite, type Database } from '#sql';
import { noteAdapter } from '#sql/testing';
import { eventStoreContract } from '../testing/event-store.contract.ts';
import { openSqlEventStore } from './index.ts';
import { sqlStoreContract } from './sql-store.contract.ts';

noteAdapter('event-store', 'PGlite');

describe('The event store on PGlite', () => {
  let db: Database;
  let count = 0;
  beforeAll(async () => {
    db = await openPglite('memory://');
  }, 60_000);
  afterAll(() => db.close());

  eventStoreContract(async () => {
    const schema = `s${++count}`;
    return { open: (upcasters) => openSqlEventStore({ db, schema, upcasters }), close: async () => {} };
  });
  sqlStoreContract(() => openPglite('memory://'));
});
