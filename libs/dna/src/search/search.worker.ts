// The index in a thread of its own, so that a search never holds up whoever serves requests. Asked by search-engine.ts.
// It imports nothing by `#…`: a thread is started without the conditions that resolve it.
import { parentPort } from 'node:worker_threads';
import { WIDTH } from '../genotype.ts';
import type { Found } from './profile-index.ts';
import { ProfileIndex } from './profile-index.ts';

/** Genotypes stand behind each other in one array. */
export type Asked =
  | { do: 'add'; keys: Float64Array; genotypes: Uint16Array }
  | { do: 'remove'; keys: Float64Array }
  | { do: 'search'; genotypes: Uint16Array }
  | { do: 'measure' };

export interface Measured {
  size: number;
  last: number;
  bytes: number;
}

export interface Request {
  id: number;
  asked: Asked;
}
export type Answer = { id: number } & ({ answer: null | Measured | Found[][] } | { error: string });

const index = new ProfileIndex();

function* each(genotypes: Uint16Array): Generator<Uint16Array> {
  for (let at = 0; at < genotypes.length; at += WIDTH) yield genotypes.subarray(at, at + WIDTH);
}

function answer(asked: Asked): null | Measured | Found[][] {
  if (asked.do === 'search') return [...each(asked.genotypes)].map((genotype) => index.search(genotype));
  if (asked.do === 'measure') return { size: index.size, last: index.last, bytes: index.bytes };
  if (asked.do === 'remove') for (const key of asked.keys) index.remove(key);
  else [...each(asked.genotypes)].forEach((genotype, n) => index.add(asked.keys[n]!, genotype));
  return null;
}

parentPort!.on('message', ({ id, asked }: Request) => {
  try {
    parentPort!.postMessage({ id, answer: answer(asked) } satisfies Answer);
  } catch (error) {
    parentPort!.postMessage({ id, error: String(error) } satisfies Answer);
  }
});
