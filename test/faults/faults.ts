import { setTimeout as sleep } from 'node:timers/promises';
import { randomFrom, type Random } from '../access/random.ts';
import { fullDisk } from './full-disk.ts';
import { hole } from './hole.ts';
import type { Rig } from './rig.ts';
import type { Scene } from './scene.ts';
import type { Fault, Happening } from './schedule.ts';

type Inject = (scene: Scene, happening: Happening) => Promise<void>;

const HOUR_MS = 3_600_000;
const MOST_REPEATED = 50;
const PATIENCE_MS = 60_000;

/** Answers how many entries of the source were put on its topic again. */
const again = async (rig: Rig, source: string, random: Random): Promise<number> => {
  const tail = await rig.exchange.tail(source);
  if (!tail) return 0;
  const entries = await rig.exchange.read(source, random.below(tail.offset + 1), 1 + random.below(MOST_REPEATED));
  await rig.exchange.append(
    source,
    random.shuffled(entries).map(({ key, value }) => ({ key, value })),
  );
  return entries.length;
};

/** What was said comes again, later and in another company: put on the topic by who may write on every topic. */
const duplicates: Inject = async ({ rig }, { member, lasts, seed }) => {
  const random = randomFrom(seed);
  const source = `/members/${member}`;
  let repeated = 0;
  for (const end = Date.now() + lasts; Date.now() < end || repeated === 0; await sleep(300)) {
    if (Date.now() > end + PATIENCE_MS) throw new Error(`${source} has said nothing that could be repeated`);
    // The broker may be away by another fault: what counts is that something came again.
    repeated += await again(rig, source, random).catch(() => 0);
  }
};

/** Half of what the joint views ask of the broker is answered late; beyond a session the group takes them for dead. */
const delay: Inject = async ({ rig }, { lasts, seed }) => {
  const release = rig.wire.hold((client, n) => client === 'joint-views' && (n + seed) % 2 === 0);
  await sleep(lasts);
  release();
};

/** One member's events come later than those that others said after them. */
const reordering: Inject = async ({ rig }, { member, lasts }) => {
  const release = rig.wire.hold((client) => client === `member-node-${member}`);
  await sleep(lasts);
  release();
};

/** A third instance joins, and leaves. */
const rebalance: Inject = async ({ rig }, { lasts }) => {
  const third = rig.views[2]!;
  await third.start();
  await sleep(lasts);
  await third.stop();
};

/** A node whose clock is an hour fast or slow, from one crash to the next. */
const clock: Inject = async ({ rig }, { member, lasts, seed }) => {
  const node = rig.nodes.get(member)!;
  for (const skew of [seed % 2 === 0 ? HOUR_MS : -HOUR_MS, 0]) {
    rig.skew.set(member, skew);
    await node.stop();
    await node.start();
    if (skew !== 0) await sleep(lasts);
  }
};

const brokerAway: Inject = async ({ rig }, { lasts }) => {
  await rig.wire.close();
  const allow = rig.broker.bar();
  await rig.broker.kill();
  await sleep(lasts);
  allow();
  await rig.broker.start();
};

export const INJECT: Record<Fault, Inject> = {
  duplicates,
  delay,
  reordering,
  hole,
  rebalance,
  clock,
  'full-disk': fullDisk,
  'broker-away': brokerAway,
};
