import { isDeepStrictEqual } from 'node:util';
import type { Database } from '#sql';
import { decide, type AccessRecord, type Decision } from '#access-policy';
import { load, visibleTo } from './database.ts';
import { asKnown } from './known.ts';
import { oracle } from './oracle.ts';
import { asItIs, freeOf, TURNS, type Turn } from './told.ts';
import { worldFrom, type Asking, type World, type WorldRecord } from './world.ts';

/** Null: nothing that counts ever made the record. */
export type Answer = Decision | null;

/** One question, and the three answers to it. */
export interface Case {
  world: World;
  record: WorldRecord;
  asking: Asking;
  decided: Answer;
  expected: Answer;
  /** What the oracle says to an analyst, whatever the viewer's roles. */
  toAnalyst: Answer;
  /** Whether the row is there for this viewer, were its role sufficient. */
  found: boolean;
  /** What in the history the answer turned on. */
  turnedOn: Turn[];
}

/** How often each outcome was expected: `permit 11`, `deny 3 recalled`… */
export type Tally = Map<string, number>;

/**
 * Puts `cases` questions from generated worlds (seeds `seed`, `seed + 1`, …) to the function, the database and the
 * oracle; answers how they came out, and those on which the three don't agree.
 */
export async function compare(
  db: Database,
  options: { seed: number; cases: number; onProgress?: (done: number) => void },
): Promise<{ tally: Tally; disagreements: Case[] }> {
  const tally: Tally = new Map();
  const disagreements: Case[] = [];
  let left = options.cases;
  for (let seed = options.seed; left > 0; seed++) {
    const cases = (await casesOf(db, worldFrom(seed))).slice(0, left);
    for (const name of cases.flatMap(outcomes)) tally.set(name, (tally.get(name) ?? 0) + 1);
    disagreements.push(...cases.filter(disagrees));
    left -= cases.length;
    options.onProgress?.(options.cases - left);
  }
  return { tally, disagreements };
}

/** Every record of the world, asked for by everyone who asks in it. */
export async function casesOf(db: Database, world: World): Promise<Case[]> {
  const known = asKnown(world);
  await load(db, { members: world.members, ...known, leave: world.history.leave });
  const records = new Map(known.records.map((record) => [record.id, record]));
  const registry = { members: world.members, agreements: known.agreements };
  const told = theOracle(world);
  const others = TURNS.map((turn) => [turn, theOracle(world, turn)] as const);
  const cases: Case[] = [];
  for (const asking of world.askings) {
    const { viewer, now } = asking;
    const visible = await visibleTo(db, viewer, now, world.withheldSources);
    const asAnalyst = { ...asking, viewer: { ...viewer, roles: ['analyst' as const] } };
    for (const record of world.records) {
      const row = records.get(record.id);
      const decision = row ? decide(asRuled(row, world), viewer, registry, now) : null;
      const expected = told(record, asking);
      cases.push({
        ...{ world, record, asking, expected, toAnalyst: told(record, asAnalyst), found: visible.has(record.id) },
        decided: less(decision, visible.get(record.id) ?? []),
        turnedOn: others
          .filter(([, other]) => !isDeepStrictEqual(other(record, asking), expected))
          .map(([turn]) => turn),
      });
    }
  }
  return cases;
}

/** The function knows one flag; the database is told which sources are withheld when it is asked. */
function asRuled(record: AccessRecord, world: World): AccessRecord {
  return { ...record, withheld: record.withheld || world.withheldSources.includes(record.originator) };
}

/** Leave changes what a permit obliges to, and nothing else. */
function less(decision: Answer, free: readonly string[]): Answer {
  if (decision?.decision !== 'permit') return decision;
  return { ...decision, obligations: decision.obligations.filter((code) => !free.includes(code)) };
}

/** The oracle's answers in a world, or in the same without one turn of its history. */
function theOracle(world: World, but?: Turn): (record: WorldRecord, asking: Asking) => Answer {
  const { agreements, records } = asItIs(world, but);
  const registry = { members: world.members, agreements };
  return (record, { viewer, now }) => {
    const is = records.get(record.id);
    if (!is) return null;
    const free = but === 'leave' ? [] : freeOf(record, is, viewer.member, now, world);
    return less(oracle(asRuled(is, world), viewer, registry, now), free);
  };
}

/**
 * Function and oracle must say the same word for word. The database knows no roles, so its row must be there exactly
 * if an analyst may see it, and the guard of the reads (an analyst's) makes up the rest.
 */
export function disagrees({ asking, decided, expected, toAnalyst, found }: Case): boolean {
  const served = found && asking.viewer.roles.includes('analyst');
  return (
    !isDeepStrictEqual(decided, expected) ||
    found !== (toAnalyst?.decision === 'permit') ||
    served !== (expected?.decision === 'permit')
  );
}

function outcomes({ expected, turnedOn }: Case): string[] {
  return [outcome(expected), ...turnedOn.map((turn) => `turned on: ${turn}`)];
}

function outcome(decision: Answer): string {
  if (!decision) return 'never made';
  return `${decision.decision} ${decision.step}${decision.decision === 'deny' ? ` ${decision.code}` : ''}`;
}
