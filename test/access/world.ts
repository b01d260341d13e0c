import { CATEGORIES, CLASSIFICATIONS, HANDLING_CODES, MAX_MEMBERS, PURPOSES, RECORD_STATES, ROLES } from '#contracts';
import type { Shield } from '#contracts';
import type { Agreement } from '#access-policy';
import { historyFrom, type History } from './history.ts';
import type { Asking, WorldMember, WorldRecord } from './model.ts';
import { randomFrom, type Random } from './random.ts';

export type { Asking, WorldMember, WorldRecord } from './model.ts';

export interface World {
  seed: number;
  members: WorldMember[];
  agreements: Agreement[];
  records: WorldRecord[];
  /** Originators whose records are withheld as a whole: quarantined, or silent for too long. */
  withheldSources: string[];
  askings: Asking[];
  /** What became of the agreements and records above, which stand here as they were at first. */
  history: History;
}

const RECORDS = 12;
const ASKINGS = 5;
export const CASES_PER_WORLD = RECORDS * ASKINGS;

/** Everything happens around here; each asking is at one of these, and so are half of all the edges. */
const NOON = Date.parse('2025-05-15T12:00:00.000Z');
const EDGES = [NOON - 1, NOON, NOON + 1];
const PAST = NOON - 400 * 86_400_000;
const FUTURE = NOON + 400 * 86_400_000;

const KNOWN = ['GB', 'AL', 'XK', 'MK', 'ME'];
const LETTERS = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
const OTHERS = LETTERS.flatMap((a) => LETTERS.map((b) => a + b)).filter((code) => !KNOWN.includes(code));
const OTHER_STATES = ['proposed', 'approved', 'keys-registered', 'conformance-passed', 'suspended', 'withdrawn'];
const STRANGERS = ['sy', 'ir', 'gb-sct', 'zz'];

/**
 * A world that its seed determines: anything may be wrong with anything, but each thing seldom enough that many cases
 * pass all the steps.
 */
export function worldFrom(seed: number): World {
  const random = randomFrom(seed);
  const members = membersFrom(random);
  const codes = members.map(({ code }) => code);
  const originators = random.shuffled(codes).slice(0, 3);
  const agreements = Array.from({ length: 3 + random.below(8) }, () => agreementFrom(random, codes));
  const records = Array.from({ length: RECORDS }, () => recordFrom(random, codes, originators));
  const withheldSources = random.some(originators, 0.06);
  const askings = Array.from({ length: ASKINGS }, () => askingFrom(random, codes, originators));
  const of = { codes, originators, agreements, records, askings, edges: EDGES, past: PAST, future: FUTURE };
  return { seed, members, agreements, records, withheldSources, askings, history: historyFrom(random, of) };
}

function membersFrom(random: Random): WorldMember[] {
  const count = random.pick([random.below(2) + 1, 3, 5, 5, 5, 8, 8, 20, 20, MAX_MEMBERS]);
  const codes = [...KNOWN, ...random.shuffled(OTHERS)].slice(0, count);
  const bits = random.shuffled(Array.from({ length: MAX_MEMBERS }, (_, bit) => bit));
  // Every third world or so has the highest bit in use, whatever its size.
  if (random.chance(0.3)) bits.unshift(...bits.splice(bits.indexOf(MAX_MEMBERS - 1), 1));
  return codes.map((code, index) => ({
    code,
    bit: bits[index]!,
    state: random.chance(0.94) ? 'active' : random.pick(OTHER_STATES),
  }));
}

function agreementFrom(random: Random, codes: string[]): Agreement {
  const state = random.chance(0.8) ? 'in-force' : random.pick(['draft', 'suspended', 'terminated'] as const);
  const signed = state === 'draft' ? null : random.pick([PAST, PAST, PAST + 1, NOON - 1000, NOON]);
  return {
    id: random.uuid(),
    parties: random.some([...codes, 'ZZ'], random.pick([0.4, 0.97, 0.97])),
    categories: random.some(CATEGORIES, random.pick([0.3, 0.95, 0.95])),
    purposes: random.some(PURPOSES, random.pick([0.3, 0.95, 0.95])),
    validFrom: random.chance(0.75) ? PAST : random.pick([...EDGES, FUTURE]),
    validTo: random.chance(0.5) ? null : random.pick([...EDGES, FUTURE, FUTURE, PAST]),
    state,
    inForceSince: signed,
  };
}

function recordFrom(random: Random, codes: string[], originators: string[]): WorldRecord {
  return {
    id: random.uuid(),
    originator: random.pick(originators),
    category: random.pick(CATEGORIES),
    purposes: random.some(PURPOSES, 0.8),
    audience: random.some([...codes, 'ZZ'], random.pick([0, 0.6, 0.97, 0.97, 0.97, 0.97])),
    classification: random.pick(CLASSIFICATIONS),
    handlingCodes: random.some(HANDLING_CODES, 0.4),
    shield: shieldFrom(random, codes),
    notBefore: random.chance(0.75) ? null : random.pick([...EDGES, PAST, FUTURE]),
    reviewBy: random.chance(0.85) ? FUTURE : random.pick([...EDGES, PAST]),
    state: random.chance(0.88) ? 'released' : random.pick(RECORD_STATES),
    withheld: random.chance(0.05),
  };
}

function shieldFrom(random: Random, codes: string[]): Shield {
  if (random.chance(0.65)) return [];
  if (random.chance(0.2)) return 'ALL';
  const members = codes.map((code) => code.toLowerCase());
  return random.some([...members, ...STRANGERS], random.pick([0.1, 0.5]));
}

function askingFrom(random: Random, codes: string[], originators: string[]): Asking {
  const member = random.chance(0.08) ? random.pick(originators) : random.pick(codes);
  return {
    viewer: {
      member: random.chance(0.03) ? 'ZZ' : member,
      roles: random.chance(0.8) ? ['analyst', ...random.some(ROLES, 0.1)] : random.some(ROLES, 0.3),
      clearance: random.chance(0.6) ? 'SECRET' : random.pick(CLASSIFICATIONS),
      purpose: random.pick(PURPOSES),
    },
    now: random.pick(EDGES),
  };
}
