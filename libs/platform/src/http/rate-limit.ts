import { hash } from 'node:crypto';
import { Inject, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Problem } from '#contracts';
import { bearerOf } from '../auth/rules.ts';
import { CLOCK, type Clock } from '../ops/clock.ts';

/** Injection token of RateLimits. */
export const RATE_LIMITS = Symbol('RateLimits');

/** Of a token, unless configured: no person asks so often, and no system needs to. */
export const REQUESTS_PER_MINUTE = 60_000;

const MINUTE_MS = 60_000;
/** More tokens than this in use at once are more than a task force has people and systems. */
const MOST_TOKENS = 20_000;

/** 429: this token has asked too often. */
export class TooManyRequests extends Problem {
  constructor(readonly retryAfterSeconds: number) {
    super('too-many-requests', 429, 'Too many requests', { detail: `Wait for ${retryAfterSeconds} s.` });
  }
}

/**
 * How often each token may ask: so many a minute, all of them at once if need be. Of a token only one number is kept, the
 * time by which its requests would all have been due (GCRA); one whose time has passed is as good as one never seen. A token
 * has its own allowance, and what another does changes nothing of it, the number of tokens apart that are kept.
 */
export class RateLimits {
  readonly #due = new Map<string, number>();
  readonly #names = new WeakMap<object, string>();
  readonly #interval: number;

  /** `perMinute`: 0 is no limit. */
  constructor(
    perMinute: number,
    private readonly most = MOST_TOKENS,
  ) {
    this.#interval = perMinute === 0 ? 0 : MINUTE_MS / perMinute;
  }

  /**
   * Counts a request at `now`, in milliseconds. Answers 0, or after how many milliseconds there is place for one.
   * `holder`: what stands for this very token while it is in use, so that its name isn't made each time.
   */
  take(token: string, now: number, holder?: object): number {
    if (this.#interval === 0) return 0;
    const name = this.#nameOf(token, holder);
    const due = Math.max(this.#due.get(name) ?? now, now) + this.#interval;
    // A hair's breadth for what division leaves.
    const wait = due - now - MINUTE_MS - 1e-6;
    if (wait > 0) return wait;
    // At the end of the order in which they were last seen.
    this.#due.delete(name);
    this.#due.set(name, due);
    if (this.#due.size > this.most) this.#forget(now);
    return 0;
  }

  #nameOf(token: string, holder: object | undefined): string {
    const known = holder && this.#names.get(holder);
    if (known !== undefined) return known;
    const name = hash('sha256', token, 'base64url');
    if (holder) this.#names.set(holder, name);
    return name;
  }

  /** How many tokens are kept. */
  get size(): number {
    return this.#due.size;
  }

  /** First what is as good as new; where that isn't enough, what was seen longest ago. */
  #forget(now: number): void {
    for (const [name, due] of this.#due) if (due <= now) this.#due.delete(name);
    // Some more than one, so that not each request has to look.
    const enough = this.most * 0.9;
    for (const name of this.#due.keys()) {
      if (this.#due.size <= enough) return;
      this.#due.delete(name);
    }
  }
}

interface Asked {
  headers: { authorization?: string };
  principal?: object;
}

/** After authentication, so that nobody but the holder of a valid token uses its allowance up, or any memory. */
@Injectable()
export class RateLimitGuard implements CanActivate {
  constructor(
    @Inject(RATE_LIMITS) private readonly limits: RateLimits,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  canActivate(context: ExecutionContext): boolean {
    const http = context.switchToHttp();
    const { headers, principal } = http.getRequest<Asked>();
    if (principal === undefined) return true;
    const wait = this.limits.take(bearerOf(headers), this.clock.now(), principal);
    if (wait > 0) refuse(wait, http.getResponse<FastifyReply>());
    return true;
  }
}

/** Throws TooManyRequests, and says when to come again. */
export const refuse = (wait: number, reply: FastifyReply): never => {
  const seconds = Math.ceil(wait / 1000);
  void reply.header('retry-after', String(seconds));
  throw new TooManyRequests(seconds);
};
