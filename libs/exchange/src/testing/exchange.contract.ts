import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Consumption, Exchange, LogEntry, Message } from '../index.ts';
import { Gate, Journal } from './journal.ts';

/** An adapter under test: a handle on a fresh exchange, and a second one on the same, as another process has it. */
export interface ExchangeUnderTest {
  open(): Promise<Exchange>;
  reopen(): Promise<Exchange>;
}

const GB = '/members/GB';
const AL = '/members/AL';

function messages(from: number, count: number): Message[] {
  return Array.from({ length: count }, (_, index) => ({ key: `k${from + index}`, value: `{"n":${from + index}}` }));
}

function valuesOf(entries: readonly LogEntry[]): string[] {
  return entries.map(({ value }) => value);
}

/** What every adapter of the exchange keeps. */
export function exchangeContract({ open, reopen }: ExchangeUnderTest): void {
  let exchange: Exchange;
  let other: Exchange;
  let consumptions: Consumption[];

  beforeEach(async () => {
    exchange = await open();
    other = await reopen();
    consumptions = [];
    for (const source of [GB, AL]) await exchange.declare(source);
  });

  afterEach(async () => {
    await Promise.all(consumptions.map((consumption) => consumption.stop()));
    await Promise.all([exchange.close(), other.close()]);
  });

  async function consume(on: Exchange, journal: Journal, group = 'views', sources = [GB, AL]): Promise<Consumption> {
    const consumption = await on.consume({
      group,
      sources,
      from: async (source) => journal.next(source),
      onBatch: (source, entries) => journal.take(source, entries),
    });
    consumptions.push(consumption);
    return consumption;
  }

  describe('the log', () => {
    it('keeps messages in order, at offsets from 0 for each source', async () => {
      await exchange.append(GB, messages(0, 3));
      await exchange.append(AL, messages(100, 1));
      await other.append(GB, messages(3, 2));
      expect(await other.read(GB, 0, 10)).toEqual(messages(0, 5).map((message, offset) => ({ offset, ...message })));
      expect(await exchange.read(AL, 0, 10)).toEqual([{ offset: 0, ...messages(100, 1)[0]! }]);
    });

    it('reads from an offset on, and no more than the limit', async () => {
      await exchange.append(GB, messages(0, 10));
      expect(valuesOf(await exchange.read(GB, 4, 3))).toEqual(valuesOf(await exchange.read(GB, 0, 10)).slice(4, 7));
      expect(await exchange.read(GB, 10, 3)).toEqual([]);
      expect(await exchange.read(AL, 0, 3)).toEqual([]);
    });

    it('knows its tail', async () => {
      expect(await exchange.tail(GB)).toBeNull();
      await exchange.append(GB, messages(0, 3));
      expect(await other.tail(GB)).toEqual({ offset: 2, ...messages(2, 1)[0]! });
      expect(await other.tail(AL)).toBeNull();
    });

    it('knows what was announced last, beside the log', async () => {
      expect(await exchange.announced(GB)).toBeNull();
      for (const text of ['{"n":1}', '{"n":2}', '{"n":3}']) await exchange.announce(GB, text);
      expect(await other.announced(GB)).toBe('{"n":3}');
      expect(await other.announced(AL)).toBeNull();
      expect(await exchange.tail(GB)).toBeNull();
    });

    it('is declared more than once without harm, and not written to before', async () => {
      await exchange.append(GB, messages(0, 1));
      await Promise.all([exchange.declare(GB), other.declare(GB)]);
      expect(await exchange.tail(GB)).toMatchObject({ offset: 0 });
      await expect(exchange.append('/members/XK', messages(0, 1))).rejects.toThrow();
      await exchange.append(AL, []);
      expect(await exchange.tail(AL)).toBeNull();
    });

    it('keeps every byte of a value', async () => {
      const value = JSON.stringify({ text: 'Ђорђевић "Ç" \\ \u0001 \ud83d\ude00', long: 'x'.repeat(200_000) });
      await exchange.append(GB, [{ key: 'ë,{}"\\', value }]);
      expect(await other.tail(GB)).toEqual({ offset: 0, key: 'ë,{}"\\', value });
    });

    it('leaves no hole and mixes no two appends that run at once', async () => {
      const appends = Array.from({ length: 20 }, (_, index) => messages(index * 10, 7));
      await Promise.all(appends.map((batch, index) => (index % 2 ? exchange : other).append(GB, batch)));
      const entries = await exchange.read(GB, 0, 1000);
      expect(entries.map(({ offset }) => offset)).toEqual(Array.from({ length: 140 }, (_, index) => index));
      const found = Array.from({ length: 20 }, (_, index) => valuesOf(entries.slice(index * 7, index * 7 + 7)).join());
      expect(found.sort()).toEqual(appends.map((batch) => batch.map(({ value }) => value).join()).sort());
    });
  });

  describe('a consumer', () => {
    it('gets what is there and what comes, in order, from both sources', async () => {
      await exchange.append(GB, messages(0, 3));
      const journal = new Journal();
      await consume(exchange, journal);
      await journal.until(GB, 3);
      await exchange.append(AL, messages(0, 1));
      await other.append(GB, messages(3, 2));
      await journal.until(GB, 5);
      await journal.until(AL, 1);
      expect(journal.of(GB)).toEqual(messages(0, 5).map(({ value }) => value));
      expect(journal.offsets(GB)).toEqual([0, 1, 2, 3, 4]);
    });

    it('goes on from the offset that it asks for', async () => {
      await exchange.append(GB, messages(0, 10));
      const journal = new Journal({ [GB]: 7 });
      await consume(exchange, journal);
      await journal.until(GB, 10);
      expect(journal.offsets(GB)).toEqual([7, 8, 9]);
    });

    it('gets large numbers of entries in bounded batches', async () => {
      for (let from = 0; from < 2000; from += 500) await exchange.append(GB, messages(from, 500));
      const journal = new Journal();
      await consume(exchange, journal);
      await journal.until(GB, 2000);
      expect(journal.of(GB)).toEqual(messages(0, 2000).map(({ value }) => value));
      expect(Math.max(...journal.batches(GB).map((batch) => batch.length))).toBeLessThanOrEqual(500);
    });

    it('gets the same entries again after it threw, and nothing beyond them before', async () => {
      await exchange.append(GB, messages(0, 2));
      const journal = new Journal();
      journal.failures.set(GB, 3);
      await consume(exchange, journal);
      await journal.until(GB, 2);
      expect(journal.attempts(GB).slice(0, 4)).toEqual([0, 0, 0, 0]);
      expect(journal.offsets(GB)).toEqual([0, 1]);
    });

    it('is not held up in one source by another that fails or is slow', async () => {
      const journal = new Journal();
      const gate = new Gate();
      journal.failures.set(AL, Infinity);
      journal.gates.set('/members/XK', gate);
      await exchange.declare('/members/XK');
      for (const source of [AL, '/members/XK', GB]) await exchange.append(source, messages(0, 2));
      await consume(exchange, journal, 'views', [AL, '/members/XK', GB]);
      await journal.until(GB, 2);
      await gate.reached;
      await exchange.append(GB, messages(2, 2));
      await journal.until(GB, 4);
      expect(journal.of(AL)).toEqual([]);
      gate.open();
      await journal.until('/members/XK', 2);
    });

    it('is asked again for its place until it can tell', async () => {
      await exchange.append(GB, messages(0, 3));
      const journal = new Journal({ [GB]: 1 });
      journal.unknownPlaces = 2;
      await consume(exchange, journal);
      await journal.until(GB, 3);
      expect(journal.offsets(GB)).toEqual([1, 2]);
    });

    it('ends after the batch in hand, and begins no other', async () => {
      const journal = new Journal();
      const gate = new Gate();
      journal.gates.set(GB, gate);
      await exchange.append(GB, messages(0, 1));
      const consumption = await consume(exchange, journal);
      await gate.reached;
      await exchange.append(GB, messages(1, 1));
      let stopped = false;
      const stopping = consumption.stop().then(() => (stopped = true));
      await new Promise((resolve) => setImmediate(resolve));
      expect(stopped).toBe(false);
      gate.open();
      await stopping;
      expect(journal.offsets(GB)).toEqual([0]);
    });

    it('ends although its handler keeps failing', async () => {
      const journal = new Journal();
      journal.failures.set(GB, Infinity);
      await exchange.append(GB, messages(0, 1));
      const consumption = await consume(exchange, journal);
      await journal.untilAttempts(GB, 1);
      await consumption.stop();
      expect(journal.offsets(GB)).toEqual([]);
    });
  });

  describe('two consumers', () => {
    it('of two groups get everything each', async () => {
      const [one, two] = [new Journal(), new Journal()];
      await consume(exchange, one, 'views');
      await consume(other, two, 'audit');
      await exchange.append(GB, messages(0, 5));
      await Promise.all([one.until(GB, 5), two.until(GB, 5)]);
      expect(one.of(GB)).toEqual(two.of(GB));
    });

    it('of one group and one process never hold a source at once, and the other goes on where one stopped', async () => {
      const journal = new Journal();
      await exchange.append(GB, messages(0, 5));
      const first = await consume(exchange, journal);
      await journal.until(GB, 5);
      await consume(exchange, journal);
      await exchange.append(GB, messages(5, 5));
      await journal.until(GB, 10);
      await first.stop();
      await exchange.append(GB, messages(10, 5));
      await journal.until(GB, 15);
      expect(journal.offsets(GB)).toEqual(Array.from({ length: 15 }, (_, index) => index));
    });
  });
}
