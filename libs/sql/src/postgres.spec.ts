import { openPostgres } from './index.ts';
import { databaseContract } from './testing/sql.contract.ts';
import { describePostgres } from './testing/postgres.ts';

await describePostgres('PostgreSQL', (newDatabase) => {
  databaseContract(async () => openPostgres({ url: await newDatabase() }));
});
