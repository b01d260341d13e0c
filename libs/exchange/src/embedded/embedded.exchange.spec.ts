import { afterAll, afterEach, beforeAll, describe } from '@jest/globals';
import { openPglite, openPostgres, type Database } from '#sql';
import { describePostgres, noteAdapter } from '../../../sql/src/testing/index.ts';
import { exchangeContract } from '../testing/exchange.contract.ts';
import { openEmbeddedExchange } from './index.ts';

// Looking now and then would hide a wake-up that doesn't come: too seldom to help within a test.
const SETTINGS = { pollMs: 600_000, pace: { min: 1, max: 5 } };

noteAdapter('exchange', 'embedded');

describe('the embedded exchange on PGlite', () => {
  let db: Database;
  beforeAll(async () => {
    db = await openPglite('memory://');
  });

  const open = () => openEmbeddedExchange({ db, ...SETTINGS });
  exchangeContract({ open, reopen: open });
  // After the contract's own hooks, which end what still reads.
  afterEach(() => db.exec('drop schema exchange cascade'));
  afterAll(() => db.close());
});

await describePostgres('the embedded exchange on PostgreSQL', (newDatabase) => {
  let db: Database;
  let other: Database;
  beforeAll(async () => {
    const url = await newDatabase();
    [db, other] = await Promise.all([openPostgres({ url }), openPostgres({ url })]);
  });

  exchangeContract({
    open: () => openEmbeddedExchange({ db, ...SETTINGS }),
    reopen: () => openEmbeddedExchange({ db: other, ...SETTINGS }),
  });
  afterEach(() => db.exec('drop schema exchange cascade'));
  afterAll(() => Promise.all([db.close(), other.close()]));
});
