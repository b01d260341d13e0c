import { Worker } from 'node:worker_threads';
import { WIDTH, type Genotype } from '../genotype.ts';
import type { Found } from './profile-index.ts';
import type { Answer, Asked, Measured, Request } from './search.worker.ts';

/** From its sources it runs as TypeScript, built as JavaScript. */
const SCRIPT = new URL(import.meta.url.endsWith('.ts') ? './search.worker.ts' : './search.worker.js', import.meta.url);

/** A profile and the key that it is known by: a number greater than those of all before. */
export interface Keyed {
  key: number;
  genotype: Genotype;
}

interface Waiting {
  resolve(answer: unknown): void;
  reject(error: Error): void;
}

/**
 * Searches profiles in a thread of its own. What is asked is done in the order in which it is asked. A thread that ends
 * otherwise than by `close` fails all that waits: the engine is then to be opened anew.
 */
export class SearchEngine {
  readonly #worker: Worker;
  readonly #waiting = new Map<number, Waiting>();
  #asked = 0;
  #ended: Error | null = null;

  constructor() {
    this.#worker = new Worker(SCRIPT, { execArgv: [] });
    this.#worker.on('message', (answer: Answer) => this.#settle(answer));
    this.#worker.on('error', (error) => this.#fail(error as Error));
    this.#worker.on('exit', () => this.#fail(new Error('The search has ended')));
    // It doesn't keep the process alive: whoever waits for an answer does.
    this.#worker.unref();
  }

  get ended(): boolean {
    return this.#ended !== null;
  }

  async add(profiles: readonly Keyed[]): Promise<void> {
    await this.#ask({
      do: 'add',
      keys: Float64Array.from(profiles, ({ key }) => key),
      genotypes: packed(profiles.map(({ genotype }) => genotype)),
    });
  }

  async remove(keys: readonly number[]): Promise<void> {
    await this.#ask({ do: 'remove', keys: Float64Array.from(keys) });
  }

  /** For each profile, those that meet it. */
  search(genotypes: readonly Genotype[]): Promise<Found[][]> {
    return this.#ask({ do: 'search', genotypes: packed(genotypes) }) as Promise<Found[][]>;
  }

  /** How many profiles it holds, the greatest key, and how many bytes they take. */
  measure(): Promise<Measured> {
    return this.#ask({ do: 'measure' }) as Promise<Measured>;
  }

  async close(): Promise<void> {
    await this.#worker.terminate();
  }

  #ask(asked: Asked): Promise<unknown> {
    if (this.#ended) return Promise.reject(this.#ended);
    this.#asked += 1;
    const request: Request = { id: this.#asked, asked };
    this.#worker.ref();
    return new Promise((resolve, reject) => {
      this.#waiting.set(request.id, { resolve, reject });
      this.#worker.postMessage(request);
    });
  }

  #settle(answer: Answer): void {
    const waiting = this.#waiting.get(answer.id);
    this.#waiting.delete(answer.id);
    if (this.#waiting.size === 0) this.#worker.unref();
    if ('error' in answer) waiting?.reject(new Error(answer.error));
    else waiting?.resolve(answer.answer);
  }

  #fail(error: Error): void {
    this.#ended ??= error;
    for (const { reject } of this.#waiting.values()) reject(this.#ended);
    this.#waiting.clear();
  }
}

function packed(genotypes: readonly Genotype[]): Uint16Array {
  const all = new Uint16Array(genotypes.length * WIDTH);
  for (const [n, genotype] of genotypes.entries()) all.set(genotype, n * WIDTH);
  return all;
}
