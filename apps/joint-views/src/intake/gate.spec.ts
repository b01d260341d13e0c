import { afterAll, afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { newSigningKey, signHeartbeat } from '#contracts';
import { REGISTRY_SOURCES } from './sources.ts';
import { closeWorlds, memberData, World } from './testing/world.ts';

const MAX_AGE_MS = 300_000;
const MEMBERS = '/registry/members';

describe('rights that may be out of date', () => {
  let world: World;
  beforeEach(async () => {
    world = await World.open();
    await world.found('GB', 'AL');
    await world.side.start();
    await world.settled();
    await world.beat();
  });
  afterEach(() => world.close());
  afterAll(closeWorlds);

  const stale = expect.objectContaining({ code: 'registry-stale' });
  const refused = () => expect(() => world.side.gate.withheld(world.now)).toThrow(stale);
  const answered = () => expect(world.side.gate.withheld(world.now)).toEqual([]);
  const suspension = () => ({
    type: 'accord.registry.member-suspended.v1',
    subject: 'AL',
    data: { by: 'AL', ...memberData('AL', world.of('AL').key, 'suspended'), suspendedBy: ['AL'] },
  });

  it('are current for as long as the registry says so, however little it has to say', async () => {
    answered();
    for (let day = 1; day <= 3; day += 1) {
      world.now += 86_400_000;
      await world.beat();
      expect(world.side.gate.registryAgeMs(world.now)).toBe(0);
      answered();
    }
    world.now += 7_000;
    expect((await world.side.status.read([])).registry).toEqual({ ageSeconds: 7 });
  });

  it('refuse reads once the registry has been silent for too long, and no more when it speaks again', async () => {
    world.now += MAX_AGE_MS;
    await world.side.gate.look();
    answered();
    world.now += 1;
    await world.side.gate.look();
    refused();
    await world.beat();
    answered();
  });

  it.each(REGISTRY_SOURCES)('refuse reads where %s alone is silent', async (source) => {
    world.now += MAX_AGE_MS + 1;
    for (const other of REGISTRY_SOURCES) if (other !== source) await world.of(other).beat(world.now);
    await world.side.gate.look();
    refused();
  });

  it('are not made younger by a heartbeat that is played again, to hide a suspension', async () => {
    const recorded = (await world.exchange.announced(MEMBERS))!;
    // The registry has said it, and whoever runs the exchange keeps it back.
    const [kept] = world.registry.batch(suspension());
    for (let n = 0; n < 2; n += 1) {
      world.now += MAX_AGE_MS / 2;
      await world.beat();
      await world.exchange.announce(MEMBERS, recorded);
      await world.side.gate.look();
    }
    answered();
    world.now += 1;
    await world.side.gate.look();
    refused();
    await world.exchange.append(MEMBERS, [kept!]);
    await world.settled();
    await world.beat();
    answered();
    expect(await world.rows('members', "code = 'AL'")).toMatchObject([{ state: 'suspended' }]);
  });

  it('are not made younger by a heartbeat of an event that was not applied', async () => {
    world.registry.batch(suspension());
    world.now += MAX_AGE_MS + 1;
    await world.beat();
    refused();
  });

  it('are not made younger by another source’s heartbeat, a stranger’s, one of the future, or none', async () => {
    world.now += MAX_AGE_MS + 1;
    await world.of('/registry/agreements').beat(world.now);
    const { sequence, hash } = world.registry;
    const said = { source: MEMBERS, sequence, hash, time: new Date(world.now).toISOString() };
    const { kid } = world.registry.key;
    const future = new Date(world.now + 3_600_000).toISOString();
    for (const text of [
      (await world.exchange.announced('/registry/agreements'))!,
      signHeartbeat(said, newSigningKey()),
      signHeartbeat(said, { ...newSigningKey(), kid }),
      signHeartbeat({ ...said, hash: 'f'.repeat(64) }, world.registry.key),
      signHeartbeat({ ...said, time: future }, world.registry.key),
      'x',
    ]) {
      await world.exchange.announce(MEMBERS, text);
      await world.side.gate.look();
      refused();
    }
    await world.exchange.announce(MEMBERS, signHeartbeat(said, world.registry.key));
    await world.side.gate.look();
    answered();
  });

  it.each(REGISTRY_SOURCES)('refuse reads once %s can not be followed for too long', async (source) => {
    await world.exchange.append(source, [{ key: 'x', value: '{"not an event":true}' }]);
    await world.until(async () => (await world.side.status.read([source])).sources[0]!.quarantined);
    world.now += MAX_AGE_MS;
    await world.beat();
    answered();
    world.now += 1;
    await world.beat();
    refused();
  });

  it('are as old to a new process as the heartbeat that it finds', async () => {
    await world.side.stop();
    world.side = await world.make();
    refused();
    world.now += MAX_AGE_MS;
    await world.side.gate.look();
    answered();
    world.now += 1;
    refused();
  });

  it('are none to a process that starts while the exchange is away, until it is back', async () => {
    await world.side.stop();
    world.side = await world.make();
    const away = jest.spyOn(world.exchange, 'announced').mockRejectedValue(new Error('The exchange is away'));
    await world.side.start();
    refused();
    away.mockRestore();
    await world.side.gate.look();
    answered();
  });
});
