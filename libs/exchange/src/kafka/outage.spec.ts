import { afterEach, expect, it } from '@jest/globals';
import type { Exchange } from '../port.ts';
import { describeOwnKafka, newPrefix, QUICK } from '../testing/kafka-server.ts';
import { Owner } from '../testing/owner.ts';
import { openKafkaExchange } from './index.ts';

const SOURCE = '/members/GB';

await describeOwnKafka('a broker that speaks TLS, and dies', (login, power) => {
  const opened: Exchange[] = [];
  const warnings: string[] = [];
  afterEach(() => Promise.all(opened.splice(0).map((exchange) => exchange.close())));

  async function open(prefix: string): Promise<Exchange> {
    const log = { warn: (text: string) => void warnings.push(text), error: (text: string) => void warnings.push(text) };
    const exchange = await openKafkaExchange({ ...login('admin'), ...QUICK, tryMs: 500, sessionMs: 2000, prefix, log });
    opened.push(exchange);
    return exchange;
  }

  function numbers(from: number, count: number): Array<{ key: string; value: string }> {
    return Array.from({ length: count }, (_, n) => ({ key: 'k', value: String(from + n) }));
  }

  it('is waited for by consumers, and refuses appends, until it is back: nothing acknowledged is lost', async () => {
    const prefix = newPrefix();
    const exchange = await open(prefix);
    await exchange.declare(SOURCE);
    await exchange.append(SOURCE, numbers(0, 100));
    const owner = new Owner();
    await exchange.consume({ group: 'views', sources: [SOURCE], ...owner.consumer() });
    await owner.until(SOURCE, 100);

    await power.off();
    await expect(exchange.append(SOURCE, numbers(100, 50))).rejects.toThrow();
    await expect(exchange.append(SOURCE, numbers(100, 50))).rejects.toThrow();
    await expect(exchange.tail(SOURCE)).rejects.toThrow();
    await expect(exchange.read(SOURCE, 0, 10)).rejects.toThrow();
    // One that starts meanwhile.
    const late = await open(prefix);
    const lateOwner = new Owner();
    const consumption = await late.consume({ group: 'late', sources: [SOURCE], ...lateOwner.consumer() });
    await expect(late.declare(SOURCE)).rejects.toThrow();
    // And one that can be stopped meanwhile.
    const idle = await open(prefix);
    await idle.consume({ group: 'idle', sources: [SOURCE], ...new Owner().consumer() });
    await idle.close();

    await power.on();
    await appendAtLast(exchange, 100, 50);
    await appendAtLast(late, 150, 50);
    await Promise.all([owner.until(SOURCE, 200), lateOwner.until(SOURCE, 200)]);
    expect(owner.of(SOURCE)).toEqual(numbers(0, 200).map(({ value }) => value));
    expect(lateOwner.of(SOURCE)).toEqual(owner.of(SOURCE));
    expect(owner.faults).toEqual([]);
    expect(warnings.length).toBeGreaterThan(0);
    await consumption.stop();
  }, 120_000);

  it.each([
    ['authorities that have not signed its certificate', {}],
    ['no TLS', undefined],
  ])('is not talked to with %s', async (_, ssl) => {
    const exchange = await openKafkaExchange({ ...login('admin'), ...QUICK, prefix: newPrefix(), ssl });
    opened.push(exchange);
    await expect(exchange.tail(SOURCE)).rejects.toThrow();
  });

  /** As the relay does: the tail tells what is there. */
  async function appendAtLast(exchange: Exchange, from: number, count: number): Promise<void> {
    for (;;) {
      try {
        const last = Number((await exchange.tail(SOURCE))!.value);
        if (last >= from + count - 1) return;
        await exchange.append(SOURCE, numbers(last + 1, from + count - 1 - last));
      } catch {
        // Not yet.
      }
    }
  }
});
