import { parseArgs } from 'node:util';
import { SYSTEMS } from './systems/index.ts';
import { Rounds, type Difference, type Tally } from './rounds.ts';

const READS = [
  ...['reports', 'reports/:id', 'subjects', 'subjects/:id', 'networks/graph', 'operations', 'operations/:id'],
  ...[
    'notices',
    'changes',
    'permission-requests',
    'results',
    'explain',
    'audit',
    'receipts',
    'onboarding/:code/preview',
  ],
];
const MISSING = ['reports/:id', 'subjects/:id', 'operations/:id', 'explain', 'audit', 'receipts', 'disclosures'];
const WRONG = ['reports', 'operations', 'networks/graph', 'changes', 'audit'];

/** Every answer that a run has to come to, or it has not looked there. */
export const LOOKED_AT = [
  ...READS.map((route) => `GET /v1/${route} 200`),
  ...MISSING.map((route) => `GET /v1/${route} 404`),
  ...WRONG.map((route) => `GET /v1/${route} 400`),
  ...SYSTEMS.flatMap(({ routes }) =>
    routes.map((route) => route.replace(/^(?:(POST) )?/, (_, post = 'GET') => `${post} /v1/`)),
  ),
  'GET /v1/reports 403',
  'a recall notice',
  'a notice of a checked document',
];

/** Fewer rounds than this are a look, and prove nothing of the whole. */
const ENOUGH = 200;
const EVERY = 100;

/** What a run never came to. */
export function gapsIn(tally: Tally, rounds: number): string[] {
  return rounds < ENOUGH ? [] : LOOKED_AT.filter((name) => !tally.has(name)).map((name) => `never: ${name}`);
}

/** The command `npm run test:leaks`; answers the exit code. */
export async function main(args: string[], print: (line: string) => void): Promise<number> {
  const options = { rounds: { type: 'string', default: '200' }, seed: { type: 'string', default: '5' } } as const;
  const { values } = parseArgs({ args, options });
  const rounds = wholeNumber('rounds', values.rounds);
  const seed = wholeNumber('seed', values.seed);
  print(`seed ${seed}`);
  print(`rounds ${rounds}`);
  const run = await played(rounds, seed, print);
  for (const [name, count] of [...run.tally].sort()) print(`  ${String(count).padStart(7)}  ${name}`);
  print(`${run.hidden} records hidden`);
  const gaps = gapsIn(run.tally, rounds);
  for (const gap of gaps) print(gap);
  for (const difference of run.differences.slice(0, 3)) print(describe(difference));
  print(`${run.differences.length} differences`);
  return run.differences.length || gaps.length ? 1 : 0;
}

async function played(rounds: number, seed: number, print: (line: string) => void): Promise<Rounds> {
  const run = await Rounds.open();
  try {
    for (let n = 0; n < rounds; n += 1) {
      if (n > 0 && n % EVERY === 0) await run.renew();
      await run.play(seed + n);
      if ((n + 1) % EVERY === 0) print(`${n + 1} of ${rounds} rounds`);
    }
    return run;
  } finally {
    await run.close();
  }
}

function describe({ seed, ...rest }: Difference): string {
  return `Again: npm run test:leaks -- --rounds 1 --seed ${seed}\n${JSON.stringify(rest, null, 2)}`;
}

function wholeNumber(name: string, text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new Error(`--${name} takes a whole number, not ${text}`);
  return Number(text);
}
