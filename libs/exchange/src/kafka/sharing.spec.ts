import { expect, it } from '@jest/globals';
import type { Exchange } from '../port.ts';
import { Owner } from '../testing/owner.ts';
import { describeKafka, newPrefix, QUICK } from '../testing/kafka-server.ts';
import { openKafkaExchange } from './index.ts';

const SOURCES = ['/registry/members', '/members/GB', '/members/AL', '/members/XK'];
const EACH = 1500;

await describeKafka('instances that share sources', (login) => {
  async function open(prefix: string): Promise<Exchange> {
    return openKafkaExchange({ ...login('admin'), ...QUICK, prefix, batch: 50 });
  }

  async function fill(exchange: Exchange): Promise<void> {
    for (let n = 0; n < EACH; n += 25) {
      const messages = Array.from({ length: 25 }, (_, i) => ({ key: 'k', value: String(n + i) }));
      await Promise.all(SOURCES.map((source) => exchange.append(source, messages)));
    }
  }

  it('take over from each other while they come and go: every entry once, in order, one holder at a time', async () => {
    const prefix = newPrefix();
    const writer = await open(prefix);
    for (const source of SOURCES) await writer.declare(source);
    const owner = new Owner();
    let filled = false;
    const filling = fill(writer).then(() => (filled = true));
    const begin = async () => {
      const exchange = await open(prefix);
      await exchange.consume({ group: 'views', sources: SOURCES, ...owner.consumer() });
      return exchange;
    };
    const instances = [await begin(), await begin()];
    for (let turns = 0; turns < 6 || !filled; turns += 1) {
      // Each time the one that has been there longest leaves, and a new one comes at the same moment.
      const [, next] = await Promise.all([instances.shift()!.close(), begin()]);
      instances.push(next);
      await owner.progress();
    }
    await filling;
    for (const source of SOURCES) await owner.until(source, EACH);
    await Promise.all([...instances, writer].map((exchange) => exchange.close()));
    for (const source of SOURCES) {
      expect(owner.of(source)).toEqual(Array.from({ length: EACH }, (_, n) => String(n)));
    }
    expect(owner.faults).toEqual([]);
  }, 60_000);
});
