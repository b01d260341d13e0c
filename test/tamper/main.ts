import { parseArgs } from 'node:util';
import { randomFrom, type Random } from '../access/random.ts';
import { EVENT_MUTATIONS } from './events.ts';
import { LINE_MUTATIONS } from './lines.ts';
import { Evidence } from './world.ts';

export interface Outcome {
  detected: number;
  /** How often each alteration was made. */
  tally: Map<string, number>;
  /** What was done where nothing was found. */
  missed: string[];
}

/** Alters stored events and lines of logs, one alteration at a time, and asks whether it is found. */
export async function tamper(mutations: number, seed: number, tell: (done: number) => void): Promise<Outcome> {
  const evidence = await Evidence.make(seed);
  const outcome: Outcome = { detected: 0, tally: new Map(), missed: [] };
  try {
    await mustBeRight(evidence);
    for (let n = 0; n < mutations; n += 1) {
      const random = randomFrom(seed * 1_000_003 + n);
      const { name, found } = await mutate(evidence, random);
      outcome.tally.set(name, (outcome.tally.get(name) ?? 0) + 1);
      if (found) outcome.detected += 1;
      else outcome.missed.push(`${name} (mutation ${n} of seed ${seed})`);
      tell(n + 1);
    }
    await mustBeRight(evidence);
    return outcome;
  } finally {
    await evidence.close();
  }
}

async function mutate(evidence: Evidence, random: Random): Promise<{ name: string; found: boolean }> {
  const { events, lines } = evidence;
  if (random.chance(0.5)) {
    const [name, mutation] = random.pick(Object.entries(EVENT_MUTATIONS));
    return { name, found: (await evidence.withEvents(mutation(events, random, evidence))).length > 0 };
  }
  const [name, mutation] = random.pick(Object.entries(LINE_MUTATIONS));
  return { name, found: (await evidence.withLines(mutation(lines, random))).length > 0 };
}

/** What finds something in everything finds nothing. */
async function mustBeRight(evidence: Evidence): Promise<void> {
  const found = [...(await evidence.withEvents(evidence.events)), ...(await evidence.withLines(evidence.lines))];
  if (found.length > 0) throw new Error(`Found where nothing was altered: ${JSON.stringify(found)}`);
}

const EVERY = 1_000;

/** The command `npm run test:tamper`; answers the exit code. */
export async function main(args: string[], print: (line: string) => void): Promise<number> {
  const options = { mutations: { type: 'string', default: '2000' }, seed: { type: 'string', default: '9' } } as const;
  const { values } = parseArgs({ args, options });
  const mutations = wholeNumber('mutations', values.mutations);
  const seed = wholeNumber('seed', values.seed);
  print(`seed ${seed}`);
  const { detected, tally, missed } = await tamper(mutations, seed, (done) => {
    if (done % EVERY === 0) print(`${done} of ${mutations} made`);
  });
  for (const [name, count] of [...tally].sort()) print(`  ${String(count).padStart(6)}  ${name}`);
  for (const name of missed.slice(0, 20)) print(`NOT FOUND: ${name}`);
  print(`${detected} of ${mutations}`);
  return detected === mutations ? 0 : 1;
}

function wholeNumber(name: string, text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new Error(`--${name} takes a whole number, not ${text}`);
  return Number(text);
}
