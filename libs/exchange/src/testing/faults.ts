/** The steps of a relay at which it can die; `append-stored`: after the exchange has it, before the relay knows. */
export const STEPS = [
  'declare',
  'tail',
  'find',
  'countPublished',
  'readPublished',
  'deliverKeys',
  'append',
  'append-stored',
] as const;
export type Step = (typeof STEPS)[number];

/** Lets everything through until a step comes for the n-th time; from then on all is dead, as after a kill. */
export class Fault {
  readonly #happened = Promise.withResolvers<void>();
  /** Resolves when the fault has happened. */
  readonly happened = this.#happened.promise;
  #left: number;
  #dead = false;

  constructor(
    private readonly step: Step,
    nth: number,
    /** Whether it stays dead, or fails this once. */
    private readonly forGood = true,
  ) {
    this.#left = nth;
  }

  /** An object whose methods fail as the fault says. */
  on<T extends object>(target: T): T {
    return new Proxy(target, {
      get: (_, name: string) => {
        const method = Reflect.get(target, name) as unknown;
        if (typeof method !== 'function') return method;
        return async (...args: unknown[]) => {
          this.pass(name);
          const answer = await (method as (...args: unknown[]) => unknown).apply(target, args);
          this.pass(`${name}-stored`);
          return answer;
        };
      },
    });
  }

  /** Throws where the fault is due. */
  pass(step: string): void {
    if (step === this.step && (this.#left -= 1) === 0) {
      this.#dead = this.forGood;
      this.#happened.resolve();
      throw new Error(`Broken at ${step}`);
    }
    if (this.#dead) throw new Error(`Dead since ${this.step}`);
  }
}
