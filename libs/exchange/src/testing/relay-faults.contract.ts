import { describe, expect, it } from '@jest/globals';
import { place, ZERO_HASH } from '#contracts';
import { Fault, STEPS } from './faults.ts';
import { ids, type RelayRig } from './relay-rig.ts';
import { recordOf, release, releasing, SOURCE } from './releasing.ts';

/** No gap, and no sequence with other bytes, wherever the relay, its store or the exchange dies. */
export function relayFaultsContract(rig: RelayRig): void {
  describe('whatever dies when', () => {
    // Each step, the first, second and third time that it is taken.
    const faults = STEPS.flatMap((step) => [1, 2, 3].map((nth) => [step, nth] as const));

    it.each(faults)('goes on after %s failed, the %s. time', async (step, nth) => {
      await release(rig.store, 1, 8);
      const fault = new Fault(step, nth, false);
      const relay = rig.start({
        store: fault.on(rig.store),
        exchange: fault.on(rig.exchange),
        deliverKeys: keysUnder(fault),
      });
      await relay.idle();
      await release(rig.store, 9, 10);
      await relay.idle();
      expect(await rig.chain()).toEqual(ids(10));
      expect(await rig.topic()).toHaveLength(10);
    });

    it.each(faults)('goes on in another process after a kill at %s, the %s. time', async (step, nth) => {
      await release(rig.store, 1, 8);
      const fault = new Fault(step, nth);
      const killed = rig.start({
        store: fault.on(rig.store),
        exchange: fault.on(rig.exchange),
        deliverKeys: keysUnder(fault),
      });
      // Some steps are not taken so often.
      await Promise.race([fault.happened, killed.idle()]);
      await killed.stop();
      await release(rig.store, 9, 10);
      await rig.start({ batch: 4 }).idle();
      expect(await rig.chain()).toEqual(ids(10));
      expect(await rig.topic()).toHaveLength(10);
    });

    it('says nothing else where two run at once', async () => {
      await release(rig.store, 1, 10);
      await Promise.all([rig.start().idle(), rig.start({ batch: 2 }).idle()]);
      expect(await rig.chain()).toEqual(ids(10));
    });

    it('signs a tail that a broker cut from its batch', async () => {
      await release(rig.store, 1, 1);
      const { text } = place(releasing(1).publish!, 1, ZERO_HASH);
      await rig.exchange.declare(SOURCE);
      await rig.exchange.append(SOURCE, [{ key: recordOf(1), value: text }]);
      await rig.start().idle();
      expect(await rig.chain()).toEqual(ids(1));
    });

    function keysUnder(fault: Fault) {
      return async () => fault.pass('deliverKeys');
    }
  });
}
