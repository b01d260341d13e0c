import { randomFrom, type Random } from '../access/random.ts';
import { MEMBERS, type Member } from './rig.ts';

/** Whom a kill -9 is for. The relay runs in its node's process: it is killed while it has something in hand. */
export const ROLES = ['node', 'relay', 'joint-views', 'database', 'broker'] as const;
export type Role = (typeof ROLES)[number];

export interface Kill {
  role: Role;
  /** Of a node or relay. */
  member: Member;
  /** Of the joint views. */
  instance: number;
  /** After the group's begin, and how long it stays down: milliseconds. */
  at: number;
  down: number;
}

/** What else happens, beside the kills. */
export const FAULTS = [
  'duplicates',
  'delay',
  'reordering',
  'hole',
  'rebalance',
  'clock',
  'full-disk',
  'broker-away',
] as const;
export type Fault = (typeof FAULTS)[number];

/** These are looked at while nothing else goes wrong: they come before the group's kills. */
export const ALONE: readonly Fault[] = ['hole', 'full-disk'];

export interface Happening {
  fault: Fault;
  member: Member;
  at: number;
  /** Milliseconds that it lasts. */
  lasts: number;
  /** Chooses within it. */
  seed: number;
}

/** Kills and faults at moments that overlap; what they have done is checked after each group. */
export interface Group {
  kills: Kill[];
  happenings: Happening[];
}

export interface Shape {
  kills: number;
  /** Of a group. */
  most: number;
  /** Milliseconds over which a group's kills are spread. */
  spread: number;
  brokerAwayMs: number;
  /** How long the other faults last: 1 as a rule. */
  pace: number;
  faults: readonly Fault[];
}

/** How often each role: starting Kafka takes longest. */
const WEIGHTS: Record<Role, number> = { node: 30, relay: 20, 'joint-views': 25, broker: 10, database: 15 };

const roles = (random: Random, count: number): Role[] => {
  // Every role once at least, in a run that is long enough.
  const all: Role[] = ROLES.slice(0, count);
  const sum = Object.values(WEIGHTS).reduce((a, b) => a + b, 0);
  while (all.length < count) {
    let at = random.below(sum);
    all.push(ROLES.find((role) => (at -= WEIGHTS[role]) < 0)!);
  }
  return random.shuffled(all);
};

const LASTS: Record<Fault, [least: number, more: number]> = {
  duplicates: [2_000, 3_000],
  delay: [2_000, 12_000],
  reordering: [2_000, 6_000],
  hole: [500, 2_000],
  rebalance: [3_000, 4_000],
  clock: [3_000, 4_000],
  'full-disk': [1_500, 2_500],
  'broker-away': [0, 0],
};

const happening = (random: Random, fault: Fault, { spread, brokerAwayMs, pace }: Shape): Happening => {
  const [least, more] = LASTS[fault];
  const lasts = fault === 'broker-away' ? brokerAwayMs : Math.round(pace * (least + random.below(more + 1)));
  return { fault, member: random.pick(MEMBERS), at: random.below(spread >> 1), lasts, seed: random.below(2 ** 31) };
};

/** What a seed makes happen: so many kills in groups, and in each one or two of the other faults, in turn. */
export const scheduleOf = (seed: number, shape: Shape): Group[] => {
  const random = randomFrom(seed);
  const left = roles(random, shape.kills);
  const groups: Group[] = [];
  let turn: Fault[] = [];
  while (left.length > 0) {
    const kills = left.splice(0, shape.most).map((role): Kill => {
      const at = random.below(shape.spread);
      const [member, instance] = [random.pick(MEMBERS), random.below(2)];
      return { role, member, instance, at, down: random.below(1_500) };
    });
    const faults: Fault[] = [];
    const many = left.length === 0 ? Math.max(2, turn.length) : 2;
    for (let n = 0; n < many; n += 1) {
      if (turn.length === 0) turn = random.shuffled(shape.faults);
      faults.push(turn.shift()!);
    }
    groups.push({ kills, happenings: [...new Set(faults)].map((fault) => happening(random, fault, shape)) });
  }
  return groups;
};
