import { setTimeout as sleep } from 'node:timers/promises';

/** Wakes one waiter. A ring while nobody waits is kept for the next wait, so none is lost. */
export class Bell {
  #rung = false;
  #wake: (() => void) | null = null;

  ring(): void {
    this.#rung = true;
    this.#wake?.();
  }

  /** Until the next ring, or `ms` milliseconds at most. */
  async wait(ms: number): Promise<void> {
    if (!this.#rung) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, ms);
        this.#wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
    this.#rung = false;
    this.#wake = null;
  }
}

/** Pauses between tries, in milliseconds: doubled from `min` up to `max`. */
export interface Pace {
  min: number;
  max: number;
}

export const PACE: Pace = { min: 50, max: 5000 };

/** An error after which trying again can't help. */
export class Halt extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'Halt';
  }
}

/**
 * Does `work` until it succeeds, with growing pauses. Answers null when `signal` aborted it before; throws only Halt.
 * Each failure is told once, with the number of the try.
 */
export async function untilDone<T>(
  work: () => Promise<T>,
  { pace, signal, onError }: { pace: Pace; signal: AbortSignal; onError(error: unknown, tries: number): void },
): Promise<T | null> {
  for (let tries = 1, pause = pace.min; !signal.aborted; tries += 1, pause = Math.min(pause * 2, pace.max)) {
    try {
      return await work();
    } catch (error) {
      if (error instanceof Halt) throw error;
      onError(error, tries);
    }
    await sleep(pause, undefined, { signal }).catch(() => {});
  }
  return null;
}
