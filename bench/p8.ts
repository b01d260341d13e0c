import { compare, ProfileIndex, SearchEngine, type Genotype } from '#dna';
import { changed, person, type Chance } from '../libs/dna/src/testing/generate.ts';
import type { Bench, Context, Part } from './bench.ts';
import { median, secondsOf } from './measure.ts';

const PROFILES = 1_000_000;
/** Of which each is a person's own profile, the others strangers'. */
const ASKED = 40;
const BATCH = 100;
const NAIVE = 5;
/** So that what is compared for differences holds near matches of every kind. */
const RELATIVES = 5_000;

interface Made {
  index: ProfileIndex;
  genotypes: Genotype[];
  asked: Genotype[];
  seconds: number;
}

/** Profiles, some of them one or two steps from others, in an index. */
async function make(chance: Chance, say: (line: string) => void): Promise<Made> {
  const genotypes: Genotype[] = [];
  for (let n = 0; n < PROFILES; n += 1) {
    const isRelative = n % (PROFILES / RELATIVES) === 1;
    genotypes.push(isRelative ? changed(chance, genotypes[n - 1]!) : person(chance));
  }
  say(`P8 ${PROFILES} profiles are made`);
  const index = new ProfileIndex();
  const seconds = await secondsOf(() => genotypes.forEach((genotype, n) => index.add(n + 1, genotype)));
  const asked = Array.from({ length: ASKED }, (_, n) => changed(chance, genotypes[n * (PROFILES / ASKED)]!));
  return { index, genotypes, asked, seconds };
}

const naive = (all: readonly Genotype[], asked: Genotype) =>
  all.flatMap((other, n) => {
    const match = compare(asked, other);
    return match ? [{ key: n + 1, ...match }] : [];
  });

async function search({ index, genotypes, asked }: Made): Promise<{ part: Part; differences: number; hits: number }> {
  asked.forEach((one) => index.search(one));
  const ours: number[] = [];
  const theirs: number[] = [];
  let [differences, hits] = [0, 0];
  for (const [n, one] of asked.entries()) {
    let found: object[] = [];
    ours.push(await secondsOf(() => void (found = index.search(one))));
    if (n % (ASKED / NAIVE) !== 0) continue;
    let expected: object[] = [];
    theirs.push(await secondsOf(() => void (expected = naive(genotypes, one))));
    hits += expected.length;
    if (JSON.stringify(found) !== JSON.stringify(expected)) differences += 1;
  }
  const [us, baseline] = [median(ours) * 1000, median(theirs) * 1000];
  return { part: { ratio: us / baseline, us, baseline, unit: 'ms', n: ASKED }, differences, hits };
}

/** By way of the thread, as the joint views ask. */
async function batch(genotypes: readonly Genotype[], asked: readonly Genotype[], context: Context): Promise<Part> {
  const engine = new SearchEngine();
  context.after(() => engine.close());
  const step = 20_000;
  for (let at = 0; at < genotypes.length; at += step) {
    await engine.add(genotypes.slice(at, at + step).map((genotype, n) => ({ key: at + n + 1, genotype })));
  }
  const some = Array.from({ length: BATCH }, (_, n) => asked[n % asked.length]!);
  const took = median([await timed(engine, some), await timed(engine, some), await timed(engine, some)]);
  return { ratio: null, us: took * 1000, baseline: null, unit: `ms/batch of ${BATCH}`, n: 3 * BATCH, goal: null };
}

const timed = (engine: SearchEngine, some: readonly Genotype[]): Promise<number> =>
  secondsOf(() => engine.search(some));

export const bench: Bench = {
  id: 'P8',
  title: 'a profile against 1,000,000 ÷ comparing with each in turn',
  goal: { of: 'us', atMost: 10 },
  async run(context: Context) {
    const made = await make(() => context.random.next(), context.say);
    const { part, differences, hits } = await search(made);
    const add = (made.seconds * 1e6) / PROFILES;
    const parts: Record<string, Part> = {
      'putting a profile in': { ratio: null, us: add, baseline: null, unit: 'µs', n: PROFILES, goal: null },
      'a batch, by way of the thread': await batch(made.genotypes, made.asked, context),
      memory: { ratio: null, us: made.index.bytes / 1e6, baseline: null, unit: 'MB', n: PROFILES, goal: null },
    };
    const compared = `${NAIVE} × ${PROFILES} pairs with ${hits} hits: ${differences} differences`;
    return { ...part, parts, note: compared };
  },
};
