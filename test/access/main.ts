import { parseArgs } from 'node:util';
import { compare, type Tally } from './compare.ts';
import { openViews } from './database.ts';
import { describeCase, shrink } from './shrink.ts';
import { TURNS } from './told.ts';
import { CASES_PER_WORLD } from './world.ts';

/** Every outcome that the rule knows; a run that never comes to one of them has not tested it. */
export const OUTCOMES = [
  'deny 1 member-inactive',
  'permit 2',
  'deny 2 erased',
  'deny 2 clearance',
  'deny 2 role',
  'deny 3 recalled',
  'deny 3 expired',
  'deny 3 erased',
  'deny 3 withheld',
  'deny 4 embargo',
  'deny 5 country-of-origin',
  'deny 6 not-released',
  'deny 7 no-legal-basis',
  'deny 8 purpose',
  'deny 9 clearance',
  'deny 10 role',
  'permit 11',
  'never made',
  ...TURNS.map((turn) => `turned on: ${turn}`),
];

/** Fewer cases than this are a look at one world, and prove nothing of the whole. */
const ENOUGH = 1000;

/** What is missing from a run's outcomes for it to prove something: each of them, and a good share of permits. */
export function gapsIn(tally: Tally, cases: number): string[] {
  if (cases < ENOUGH) return [];
  const gaps = OUTCOMES.filter((name) => !tally.has(name)).map((name) => `no case came to: ${name}`);
  if ((tally.get('permit 11') ?? 0) < cases / 20) gaps.push('fewer than one case in twenty is permitted by step 11');
  return gaps;
}

/** The command `npm run test:access`; answers the exit code. */
export async function main(args: string[], print: (line: string) => void): Promise<number> {
  const options = { cases: { type: 'string', default: '20000' }, seed: { type: 'string', default: '7' } } as const;
  const { values } = parseArgs({ args, options });
  const cases = wholeNumber('cases', values.cases);
  const seed = wholeNumber('seed', values.seed);
  print(`seed ${seed}`);
  const db = await openViews();
  try {
    const { tally, disagreements } = await compare(db, { seed, cases });
    print(`cases ${cases}`);
    for (const name of OUTCOMES) print(tallied(name, tally.get(name) ?? 0, cases));
    const gaps = gapsIn(tally, cases);
    for (const gap of gaps) print(gap);
    const [first] = disagreements;
    if (first) {
      const again = `npm run test:access -- --cases ${CASES_PER_WORLD} --seed ${first.world.seed}`;
      print(`The first disagreement, made small (its whole world again: ${again}):`);
      print(describeCase(await shrink(db, first)));
    }
    print(`${disagreements.length} disagreements`);
    return disagreements.length || gaps.length ? 1 : 0;
  } finally {
    await db.close();
  }
}

function tallied(name: string, count: number, cases: number): string {
  return `  ${name.padEnd(26)} ${String(count).padStart(7)}  ${((100 * count) / cases).toFixed(1).padStart(5)} %`;
}

function wholeNumber(name: string, text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new Error(`--${name} takes a whole number, not ${text}`);
  return Number(text);
}
