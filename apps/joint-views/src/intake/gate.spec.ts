import { afterAll, afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { REGISTRY_SOURCES } from './sources.ts';
import { closeWorlds, World } from './testing/world.ts';

const MAX_AGE_MS = 300_000;

describe('rights that may be out of date', () => {
  let world: World;
  beforeEach(async () => {
    world = await World.open();
    await world.found('GB', 'AL');
    await world.side.start();
    await world.settled();
    await world.side.gate.look();
  });
  afterEach(() => world.close());
  afterAll(closeWorlds);

  it('are current while all that the registry said is applied', async () => {
    expect(world.side.gate.withheld(world.now)).toEqual([]);
    world.now += 10 * MAX_AGE_MS;
    await world.side.gate.look();
    expect(world.side.gate.registryAgeMs(world.now)).toBe(0);
    expect(world.side.gate.withheld(world.now)).toEqual([]);
  });

  it.each(REGISTRY_SOURCES)('refuse reads once %s can not be followed for too long', async (source) => {
    await world.exchange.append(source, [{ key: 'x', value: '{"not an event":true}' }]);
    await world.until(async () => (await world.side.status.read([source])).sources[0]!.quarantined);
    world.now += MAX_AGE_MS;
    await world.side.gate.look();
    expect(world.side.gate.withheld(world.now)).toEqual([]);
    world.now += 1;
    await world.side.gate.look();
    expect(() => world.side.gate.withheld(world.now)).toThrow(expect.objectContaining({ code: 'registry-stale' }));
  });

  it('are unknown to a process that has not read the registry', async () => {
    await world.side.stop();
    world.side = await world.make();
    expect(() => world.side.gate.withheld(world.now)).toThrow(expect.objectContaining({ code: 'registry-stale' }));
  });
});
