import { afterAll, beforeAll, afterEach } from '@jest/globals';
import { openSqlEventStore } from '#event-store/postgres';
import { openPglite, type Database } from '#sql';
import { describeKafka, newPrefix, QUICK } from '../testing/kafka-server.ts';
import { relayContract } from '../testing/relay.contract.ts';
import { openKafkaExchange } from './index.ts';

await describeKafka('the relay to Kafka', (login) => {
  let db: Database;
  beforeAll(async () => {
    db = await openPglite('memory://');
  });

  relayContract({
    openStore: () => openSqlEventStore({ db, schema: 'gb' }),
    openExchange: () => openKafkaExchange({ ...login('admin'), ...QUICK, prefix: newPrefix() }),
  });
  afterEach(() => db.exec('drop schema gb cascade'));
  afterAll(() => db.close());
});
