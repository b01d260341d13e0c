import { describe, expect, it } from '@jest/globals';
import { readPlaced } from '#contracts';
import type { Exchange } from '../index.ts';
import { Fault } from './faults.ts';
import { relayFaultsContract } from './relay-faults.contract.ts';
import { relayHaltsContract } from './relay-halts.contract.ts';
import { ids, KEY, useRelayRig, type RelayUnderTest } from './relay-rig.ts';
import { recordOf, release, SOURCE } from './releasing.ts';

/** What the relay keeps, whatever dies when, on any event store and exchange. */
export function relayContract(underTest: RelayUnderTest): void {
  const rig = useRelayRig(underTest);
  relayFaultsContract(rig);
  relayHaltsContract(rig);

  describe('in order', () => {
    it('relays what is there and what comes, as one chain from 1 on', async () => {
      await release(rig.store, 1, 4);
      const relay = rig.start();
      await relay.idle();
      await release(rig.store, 5, 10);
      await relay.idle();
      expect(await rig.chain()).toEqual(ids(10));
      expect((await rig.topic()).map(({ value }) => readPlaced(value).sequence)).toEqual([
        1, 2, 3, 4, 5, 6, 7, 8, 9, 10,
      ]);
    });

    it('is woken by an append', async () => {
      const relay = rig.start();
      await relay.idle();
      const heard = Promise.withResolvers<void>();
      const consumption = await rig.exchange.consume({
        group: 'test',
        sources: [SOURCE],
        from: async () => 0,
        onBatch: async () => heard.resolve(),
      });
      await release(rig.store, 1, 1);
      await heard.promise;
      await consumption.stop();
    });

    it('signs the last event of each batch, and no other', async () => {
      await release(rig.store, 1, 8);
      await rig.start().idle();
      const keys = (await rig.topic()).map(({ value }) => readPlaced(value).keyid);
      const none = undefined;
      expect(keys).toEqual([none, none, KEY.kid, none, none, KEY.kid, none, KEY.kid]);
    });

    it('tells how far it is', async () => {
      const relay = rig.start({ exchange: new Fault('tail', 1).on(rig.exchange) });
      await release(rig.store, 1, 5);
      expect(await relay.status()).toEqual({ released: 5, relayed: 0 });
      await relay.stop();
      const next = rig.start();
      await next.idle();
      expect(await next.status()).toEqual({ released: 5, relayed: 5 });
      await next.stop();
      await release(rig.store, 6, 7);
      expect(await next.status()).toEqual({ released: 7, relayed: 5 });
    });
  });

  describe('keys', () => {
    it('go before the events that need them', async () => {
      await release(rig.store, 1, 8);
      const order: string[] = [];
      const watched: Exchange = Object.assign(Object.create(rig.exchange) as Exchange, {
        declare: (source: string) => rig.exchange.declare(source),
        tail: (source: string) => rig.exchange.tail(source),
        append: async (source: string, messages: Array<{ key: string; value: string }>) => {
          order.push(...messages.map(({ key }) => `event of ${key}`));
          await rig.exchange.append(source, messages);
        },
      });
      const deliverKeys = async (records: string[]) => void order.push(...records.map((record) => `key of ${record}`));
      await rig.start({ exchange: watched, deliverKeys }).idle();
      for (let number = 1; number <= 8; number += 1) {
        const key = order.indexOf(`key of ${recordOf(number)}`);
        expect(key).toBeGreaterThanOrEqual(0);
        expect(key).toBeLessThan(order.indexOf(`event of ${recordOf(number)}`));
      }
    });

    it('are asked for once a batch and record', async () => {
      for (const number of [7, 14, 21]) await release(rig.store, number, number);
      await rig.start().idle();
      expect(rig.delivered).toEqual([[recordOf(7)]]);
    });

    it('that are refused hold up the batch, and what follows it', async () => {
      await release(rig.store, 1, 5);
      let refusals = 3;
      const deliverKeys = async (records: string[]) => {
        if ((refusals -= 1) >= 0) throw new Error('The joint views do not answer');
        rig.delivered.push(records);
      };
      await rig.start({ deliverKeys }).idle();
      expect(rig.delivered).toEqual([[1, 2, 3].map(recordOf), [4, 5].map(recordOf)]);
      expect(await rig.chain()).toEqual(ids(5));
    });
  });
}
