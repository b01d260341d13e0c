import type { AccessAttributes } from '#contracts';
import type { Random } from './random.ts';
import {
  amended,
  approved,
  arrests,
  concluded,
  ended,
  launched,
  person,
  planned,
  released,
  reshielded,
} from './said.ts';
import { uuid, type Said } from './source.ts';

const MEMBERS = ['GB', 'AL', 'XK'];
const COUNTRIES = ['gb', 'al', 'xk', 'mk', 'me', 'sy'];

/** Records by who should have them: a few, so that events meet; some are claimed by two members. */
const RECORDS = Array.from({ length: 12 }, (_, n) => uuid(`record ${n}`));
const OPERATIONS = Array.from({ length: 4 }, (_, n) => uuid(`operation ${n}`));

const shield = (random: Random) => (random.chance(0.1) ? ('ALL' as const) : random.some(COUNTRIES));

function access(random: Random): Partial<AccessAttributes> {
  const audience = random.some(['GB', 'AL', 'XK', 'MK', 'ME']);
  return { audience, taskforce: random.chance(0.3), ...(random.chance(0.2) && { notbefore: '2026-02-01T00:00:00Z' }) };
}

function report(random: Random, record: string, version: number): Said {
  const entities = [person(`p${random.below(6)}`, random.pick(['Arben Shembulli', 'Besa Shembulli', 'Хоџа']))];
  const said = { version, shield: shield(random), access: access(random), entities, title: `Title ${random.below(9)}` };
  return random.chance(0.5) ? released(record, said) : amended(record, said);
}

const unreadable = (said: Said, random: Random): Said =>
  random.chance(0.5) ? { ...said, text: '{"shield":[]}' } : { ...said, sealed: undefined, text: undefined };

/** What a member may say next, sensible or not. */
function next(random: Random, record: string, n: number): Said {
  const operation = random.pick(OPERATIONS);
  const kinds: (() => Said)[] = [
    () => report(random, record, n),
    () => report(random, record, n),
    () => ended(record, random.pick(['recalled', 'expired'] as const)),
    () => (random.chance(0.3) ? ended(record, 'erased') : report(random, record, n)),
    () => reshielded(record, shield(random)),
    () => planned(operation, { participants: random.some(MEMBERS), shield: shield(random) }),
    () => (random.chance(0.5) ? launched(operation) : concluded(operation)),
    () => approved(uuid(`claim ${n} ${operation}`), operation),
    () => arrests(uuid(`arrests ${n} ${random.below(3)}`), operation, shield(random)),
    () => ended(random.chance(0.5) ? operation : uuid(`arrests ${random.below(n + 1)} 0`), 'recalled'),
    () => unreadable(report(random, record, n), random),
  ];
  return random.pick(kinds)();
}

export interface SaidBatch {
  member: string;
  said: Said[];
}

/** Batches of each member, in its order. */
export function history(random: Random, length: number): SaidBatch[] {
  return Array.from({ length }, (_, n) => {
    const size = 1 + random.below(4);
    return {
      member: random.pick(MEMBERS),
      said: Array.from({ length: size }, (_, m) => next(random, random.pick(RECORDS), n * 4 + m + 1)),
    };
  });
}

/** The same, otherwise interleaved: each member's own order stays. */
export function interleaved<T extends { member: string }>(batches: readonly T[], random: Random): T[] {
  const queues = new Map<string, T[]>();
  for (const batch of batches) queues.set(batch.member, [...(queues.get(batch.member) ?? []), batch]);
  const left = [...queues.values()];
  const order: T[] = [];
  while (left.some((queue) => queue.length > 0)) {
    const queue = random.pick(left.filter(({ length }) => length > 0));
    order.push(queue.shift()!);
  }
  return order;
}
