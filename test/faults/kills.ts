import { setTimeout as sleep } from 'node:timers/promises';
import type { Keeper } from './keeper.ts';
import type { Rig } from './rig.ts';
import type { Kill } from './schedule.ts';
import { nodeStatus } from './settling.ts';

const LOOK_MS = 10;
const PATIENCE_MS = 60_000;

/** Waits until one runs: it may be down by another fault, or still starting. */
const whenUp = async (keeper: Keeper): Promise<void> => {
  for (const end = Date.now() + PATIENCE_MS; !keeper.isUp && Date.now() < end;) await sleep(LOOK_MS);
};

/** Until the relay has taken up something that isn't on the exchange. */
const hasInHand = async (rig: Rig, { member }: Kill): Promise<boolean> => {
  for (let tries = 0; tries < 300; tries += 1) {
    const { released, relayed } = await nodeStatus(rig, member).catch(() => ({ released: 0, relayed: 0 }));
    if (released > relayed) return true;
    await sleep(LOOK_MS);
  }
  return false;
};

/**
 * The relay is killed in the middle of its work: what it appends is held on the wire until there is something, then let
 * go, or not, and a moment later its process is killed.
 */
const killRelay = async (rig: Rig, kill: Kill): Promise<boolean> => {
  const keeper = rig.nodes.get(kill.member)!;
  const release = rig.wire.hold((client) => client === `member-node-${kill.member}`);
  try {
    if (!(await hasInHand(rig, kill))) return false;
    if (kill.down % 2 === 0) release();
    await sleep(kill.down % 20);
    return await keeper.kill();
  } finally {
    rig.wire.cut((client) => client === `member-node-${kill.member}`);
    release();
  }
};

const keeperOf = (rig: Rig, { role, member, instance }: Kill): Keeper => {
  if (role === 'broker') return rig.broker;
  if (role === 'database') return rig.database;
  return role === 'joint-views' ? rig.views[instance]! : rig.nodes.get(member)!;
};

const once = async (rig: Rig, kill: Kill): Promise<boolean> => {
  const keeper = keeperOf(rig, kill);
  await whenUp(keeper);
  if (kill.role === 'broker') await rig.wire.close();
  const wasKilled = kill.role === 'relay' ? await killRelay(rig, kill) : await keeper.kill();
  if (wasKilled) await sleep(kill.down);
  void keeper.start();
  return wasKilled;
};

/** kill -9 at its moment; it is down for a while, then started again. Throws where nothing was there to be killed. */
export const carryOut = async (rig: Rig, kill: Kill): Promise<void> => {
  await sleep(kill.at);
  for (let tries = 0; tries < 10; tries += 1) {
    if (await once(rig, kill)) return;
    await sleep(LOOK_MS * 20);
  }
  throw new Error(`${kill.role} ${kill.member} could not be killed`);
};
