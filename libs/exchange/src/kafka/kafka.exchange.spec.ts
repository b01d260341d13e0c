import { afterEach, describe, expect, it } from '@jest/globals';
import { noteAdapter } from '../../../sql/src/testing/index.ts';
import type { Exchange, LogEntry } from '../port.ts';
import { exchangeContract } from '../testing/exchange.contract.ts';
import { Journal } from '../testing/journal.ts';
import { describeKafka, newPrefix, QUICK } from '../testing/kafka-server.ts';
import { connectionTo } from './client.ts';
import { openKafkaExchange } from './index.ts';
import { requestsOf } from './source-producer.ts';

const SOURCE = '/members/GB';
const MEGABYTE = 1024 * 1024;

describe('an append', () => {
  it('goes in requests of bounded size, in order', () => {
    const messages = [3, 3, 5, 1, 12, 4].map((size, n) => ({ key: String(n), value: 'x'.repeat(size) }));
    const keys = requestsOf(messages, 10).map((request) => request.map(({ key }) => key).join(''));
    expect(keys).toEqual(['01', '23', '4', '5']);
    expect(requestsOf([], 10)).toEqual([]);
  });
});

const unavailable = await describeKafka('the exchange on Kafka', (login) => {
  let prefix: string;
  const reopen = () => openKafkaExchange({ ...login('admin'), ...QUICK, prefix });
  const open = () => {
    prefix = newPrefix();
    return reopen();
  };
  exchangeContract({ open, reopen });

  describe('being Kafka', () => {
    let exchange: Exchange;
    const warnings: string[] = [];
    const log = { warn: (text: string) => void warnings.push(text), error: () => {} };

    async function begin(): Promise<void> {
      prefix = newPrefix();
      exchange = await openKafkaExchange({ ...login('admin'), ...QUICK, prefix, log });
      await exchange.declare(SOURCE);
    }
    afterEach(() => exchange.close());

    const consume = (journal: Journal) =>
      exchange.consume({
        group: 'views',
        sources: [SOURCE],
        from: async (source) => journal.next(source),
        onBatch: (source: string, entries: LogEntry[]) => journal.take(source, entries),
      });

    /** A transaction is marked as ended some time after its end was acknowledged. */
    async function markerOf(offset: number): Promise<void> {
      const admin = connectionTo(login('admin')).admin();
      await admin.connect();
      for (;;) {
        const [partition] = await admin.fetchTopicOffsets(`${prefix}.members.GB`);
        if (Number(partition!.high) > offset) break;
      }
      await admin.disconnect();
    }

    it('takes more than one request carries, and refuses what is larger than the broker takes', async () => {
      await begin();
      const values = Array.from({ length: 15 }, (_, n) => String(n % 10).repeat(0.7 * MEGABYTE));
      values.push('x'.repeat(5 * MEGABYTE));
      await exchange.append(
        SOURCE,
        values.map((value) => ({ key: 'k', value })),
      );
      await expect(exchange.append(SOURCE, [{ key: 'k', value: 'x'.repeat(9 * MEGABYTE) }])).rejects.toThrow(/size/);
      await exchange.append(SOURCE, [{ key: 'k', value: 'last' }]);
      values.push('last');
      const read = await exchange.read(SOURCE, 0, 100);
      expect(read.map(({ value }) => value.length)).toEqual(values.map(({ length }) => length));
      expect(read.map(({ value }) => value[0])).toEqual(values.map((value) => value[0]));
      const journal = new Journal();
      await consume(journal);
      await journal.until(SOURCE, values.length);
      expect(journal.of(SOURCE).map(({ length }) => length)).toEqual(values.map(({ length }) => length));
    });

    it('passes over the holes that a transaction leaves', async () => {
      await begin();
      await exchange.append(SOURCE, [{ key: 'k', value: 'before' }]);
      const producer = connectionTo(login('admin')).producer({ transactionalId: prefix, idempotent: true });
      await producer.connect();
      const transaction = await producer.transaction();
      await transaction.send({ topic: `${prefix}.members.GB`, messages: [{ key: 'k', value: 'in it' }] });
      expect(await exchange.tail(SOURCE)).toMatchObject({ offset: 1, value: 'in it' });
      await transaction.commit();
      await producer.disconnect();
      await markerOf(2);
      expect(await exchange.tail(SOURCE)).toMatchObject({ offset: 1, value: 'in it' });
      await exchange.append(SOURCE, [{ key: 'k', value: 'after' }]);
      expect(await exchange.tail(SOURCE)).toMatchObject({ offset: 3, value: 'after' });
      expect((await exchange.read(SOURCE, 0, 10)).map(({ offset }) => offset)).toEqual([0, 1, 3]);
      expect((await exchange.read(SOURCE, 2, 1)).map(({ offset }) => offset)).toEqual([3]);
      const journal = new Journal();
      await consume(journal);
      await journal.until(SOURCE, 4);
      expect(journal.offsets(SOURCE)).toEqual([0, 1, 3]);
    });

    it('waits, and says so, where a topic is shorter than what was read of it', async () => {
      await begin();
      await exchange.append(SOURCE, [{ key: 'k', value: '0' }]);
      const journal = new Journal({ [SOURCE]: 3 });
      await consume(journal);
      while (!warnings.some((text) => text.includes('has it lost entries?'))) {
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
      for (const value of ['1', '2', '3', '4']) await exchange.append(SOURCE, [{ key: 'k', value }]);
      await journal.until(SOURCE, 5);
      expect(journal.of(SOURCE)).toEqual(['3', '4']);
    });

    it('follows a topic that is made later', async () => {
      await begin();
      const journal = new Journal();
      const source = '/members/AL';
      await exchange.consume({
        group: 'views',
        sources: [source],
        from: async () => 0,
        onBatch: (of, entries) => journal.take(of, entries),
      });
      while (!warnings.some((text) => text.includes(source))) await new Promise((resolve) => setTimeout(resolve, 10));
      await exchange.declare(source);
      await exchange.append(source, [{ key: 'k', value: '0' }]);
      await journal.until(source, 1);
    });
  });
});

noteAdapter('exchange', 'Kafka', unavailable);
