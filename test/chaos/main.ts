import { fork, type ChildProcess } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { Told } from './worker.ts';

const WORKER = fileURLToPath(new URL('./worker.ts', import.meta.url));

/** The command `npm run test:chaos`: many seeds (from `--from` on), or `--seed` alone. Answers the exit code. */
export async function main(args: string[], print: (line: string) => void): Promise<number> {
  const seeds = seedsOf(args);
  const workers = Math.min(seeds.length, availableParallelism());
  let done = 0;
  let differ = 0;
  const tell = ({ seed, difference }: Told) => {
    done += 1;
    if (difference !== null) {
      differ += 1;
      print(`seed ${seed}, again alone by: npm run test:chaos -- --seed ${seed}\n${difference}`);
    }
    if (done % 100 === 0) print(`${done} of ${seeds.length} seeds, ${differ} differ`);
  };
  const shares = Array.from({ length: workers }, (_, n) => seeds.filter((_seed, i) => i % workers === n));
  await Promise.all(shares.map((share) => work(share, tell)));
  print(`${done} seeds, ${differ} differ`);
  return differ === 0 && done === seeds.length ? 0 : 1;
}

function seedsOf(args: string[]): number[] {
  const one = { type: 'string' } as const;
  const { values } = parseArgs({ args, options: { seeds: one, from: one, seed: one } });
  if (values.seed !== undefined) return [wholeNumber('seed', values.seed)];
  const from = wholeNumber('from', values.from ?? '1');
  return Array.from({ length: wholeNumber('seeds', values.seeds ?? '200') }, (_, n) => from + n);
}

function wholeNumber(name: string, text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new Error(`--${name} takes a whole number, not ${text}`);
  return Number(text);
}

/** One process plays these, one after the other, on a database of its own. */
async function work(seeds: readonly number[], tell: (told: Told) => void): Promise<void> {
  const child: ChildProcess = fork(WORKER, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const ended = new Promise<void>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => (code === 0 ? resolve() : reject(new Error(`A worker ended with ${code}`))));
  });
  child.on('message', (told) => tell(told as Told));
  child.send(seeds);
  await ended;
}
