import { describe, expect, it } from '@jest/globals';
import { place, sign, ZERO_HASH } from '#contracts';
import type { Relay } from '../index.ts';
import { Fault } from './faults.ts';
import { KEY, type RelayRig } from './relay-rig.ts';
import { recordOf, release, releasing, SOURCE } from './releasing.ts';

/** Where going on would fork or spoil the chain, the relay stops for good and says why. */
export function relayHaltsContract(rig: RelayRig): void {
  describe('halts, and says so', () => {
    async function expectHalt(relay: Relay, reason: string, appended: number): Promise<void> {
      await expect(relay.idle()).rejects.toThrow(reason);
      await expect(relay.idle()).rejects.toThrow(reason);
      expect(await relay.status()).toMatchObject({ halted: expect.stringContaining(reason) });
      expect(rig.errors.join()).toContain(reason);
      expect(await rig.topic()).toHaveLength(appended);
    }

    async function tailIs(number: number, sequence: number, change = (text: string) => text): Promise<void> {
      await rig.exchange.declare(SOURCE);
      const { text, hash } = place(releasing(number).publish!, sequence, ZERO_HASH);
      const value = change(sign(text, hash, KEY.privateJwk, KEY.kid));
      await rig.exchange.append(SOURCE, [{ key: recordOf(number), value }]);
    }

    it('where the store does not know the tail', async () => {
      await release(rig.store, 1, 3);
      await tailIs(99, 1);
      await expectHalt(rig.start(), 'is not in this store', 1);
    });

    it('where the store counts otherwise, as one from an old copy does', async () => {
      await release(rig.store, 1, 3);
      await tailIs(2, 3);
      await expectHalt(rig.start(), 'is number 2 in the store', 1);
    });

    it('where the tail has been changed', async () => {
      await release(rig.store, 1, 3);
      await tailIs(1, 1, (value) => value.replace('10:00', '10:01'));
      await expectHalt(rig.start(), 'its signature is wrong', 1);
    });

    it('where the tail is no event', async () => {
      await tailIs(1, 1, () => '{}');
      await expectHalt(rig.start(), 'cannot be read', 1);
    });

    it('at an event that no reader would take, after those before it', async () => {
      await release(rig.store, 1, 3);
      await rig.store.append('bad', 'no-stream', [releasing(4, (publish) => publish.replace('1.0', '0.3'))]);
      await release(rig.store, 5, 5);
      await expectHalt(rig.start(), 'specversion', 3);
    });

    it('at an event of another source, or one that publishes another', async () => {
      await rig.store.append('bad', 'no-stream', [
        releasing(1, (publish) => publish.replace('/members/GB', '/members/AL')),
      ]);
      await expectHalt(rig.start(), 'is of /members/AL', 0);
    });

    it('at a stop: nobody waits for ever', async () => {
      const relay = rig.start({ exchange: new Fault('declare', 1).on(rig.exchange) });
      const waiting = expect(relay.idle()).rejects.toThrow('was stopped');
      await relay.stop();
      await waiting;
      await expect(relay.idle()).rejects.toThrow('was stopped');
      expect(rig.errors).toEqual([]);
    });
  });
}
