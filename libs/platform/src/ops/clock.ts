/** Time as data: whatever needs to know the time is given one of these, so that tests can set it. */
export interface Clock {
  /** Milliseconds since the epoch, UTC. */
  now(): number;
}

export const systemClock: Clock = { now: () => Date.now() };

/** Injection token of the Clock. */
export const CLOCK = Symbol('Clock');
