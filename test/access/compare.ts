import { isDeepStrictEqual } from 'node:util';
import type { Database } from '#sql';
import { decide, type AccessRecord, type Decision } from '#access-policy';
import { load, visibleTo } from './database.ts';
import { oracle } from './oracle.ts';
import { worldFrom, type Asking, type World, type WorldRecord } from './world.ts';

/** One question, and the three answers to it. */
export interface Case {
  world: World;
  record: WorldRecord;
  asking: Asking;
  decided: Decision;
  expected: Decision;
  /** Whether the row is there for this viewer, were its role sufficient. */
  found: boolean;
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
    for (const one of cases) tally.set(outcome(one.expected), (tally.get(outcome(one.expected)) ?? 0) + 1);
    disagreements.push(...cases.filter(disagrees));
    left -= cases.length;
    options.onProgress?.(options.cases - left);
  }
  return { tally, disagreements };
}

/** Every record of the world, asked for by everyone who asks in it. */
export async function casesOf(db: Database, world: World): Promise<Case[]> {
  await load(db, world);
  const cases: Case[] = [];
  for (const asking of world.askings) {
    const visible = await visibleTo(db, asking.viewer, asking.now, world.withheldSources);
    for (const record of world.records) {
      const question = [asRuled(record, world), asking.viewer, world, asking.now] as const;
      const found = visible.has(record.id);
      cases.push({ world, record, asking, decided: decide(...question), expected: oracle(...question), found });
    }
  }
  return cases;
}

/** The function knows one flag; the database is told which sources are withheld when it is asked. */
function asRuled(record: WorldRecord, world: World): AccessRecord {
  return { ...record, withheld: record.withheld || world.withheldSources.includes(record.originator) };
}

/**
 * Function and oracle must say the same word for word. The database knows no roles, so its row must be there exactly
 * if an analyst may see it, and the guard of the reads (an analyst's) makes up the rest.
 */
export function disagrees({ world, record, asking, decided, expected, found }: Case): boolean {
  const asAnalyst = { ...asking.viewer, roles: ['analyst' as const] };
  const analyst = oracle(asRuled(record, world), asAnalyst, world, asking.now);
  const served = found && asking.viewer.roles.includes('analyst');
  return (
    !isDeepStrictEqual(decided, expected) ||
    found !== (analyst.decision === 'permit') ||
    served !== (expected.decision === 'permit')
  );
}

function outcome(decision: Decision): string {
  return `${decision.decision} ${decision.step}${decision.decision === 'deny' ? ` ${decision.code}` : ''}`;
}
