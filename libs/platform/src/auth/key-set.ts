import { createLocalJWKSet } from 'jose';
import { fetchKeys, tokenKeys, type TokenKey } from './key-document.ts';

/** What finds the key of a token. */
export type Keys = ReturnType<typeof createLocalJWKSet>;

/** The keys of one issuer. */
export interface KeySet {
  /** As they are by now, the same object while they are the same; null where none are to be had. */
  current(): Promise<Keys | null>;
  /** The same without waiting; null also where they have to be fetched first. */
  fresh(): Keys | null;
  /** The same for a token whose key is not among them: looks again, unless that was done just now. */
  again(): Promise<Keys | null>;
}

/** Keys that stand where the issuer is registered. */
export function fixedKeys(jwks: { keys: readonly object[] }): KeySet {
  const keys = createLocalJWKSet({ keys: tokenKeys(jwks.keys) });
  const same = Promise.resolve(keys);
  return { current: () => same, fresh: () => keys, again: () => same };
}

export interface RemoteKeysOptions {
  now: () => number;
  /** Told why keys can't be fetched. */
  warn?: (error: unknown) => void;
  fetch?: (uri: string) => Promise<TokenKey[]>;
}

const MINUTE = 60_000;
/** Older keys are fetched anew: so long a key that its issuer took back may still be good. */
export const REFRESH_AFTER_MS = 5 * MINUTE;
/** Where they can't be fetched, older ones are good for nothing. */
export const KEYS_LIVE_MS = 60 * MINUTE;
/** No issuer is asked more often, whatever tokens come: nobody can have it flooded by us. */
export const COOL_DOWN_MS = 10_000;

/** Keys that the issuer publishes: fetched when they are first needed, when they are old, and for a key id that is new. */
export class RemoteKeys implements KeySet {
  private held: { keys: Keys; text: string; at: number } | null = null;
  private askedAt = -Infinity;
  private asking: Promise<void> | null = null;

  constructor(
    private readonly uri: string,
    private readonly options: RemoteKeysOptions,
  ) {}

  async current(): Promise<Keys | null> {
    if (this.age() >= REFRESH_AFTER_MS) await this.ask();
    return this.alive();
  }

  fresh(): Keys | null {
    return this.age() < REFRESH_AFTER_MS ? this.alive() : null;
  }

  async again(): Promise<Keys | null> {
    await this.ask();
    return this.alive();
  }

  private age(): number {
    return this.held === null ? Infinity : this.options.now() - this.held.at;
  }

  private alive(): Keys | null {
    return this.held !== null && this.age() < KEYS_LIVE_MS ? this.held.keys : null;
  }

  /** Those who come while it is being asked wait for the same answer. */
  private async ask(): Promise<void> {
    if (this.asking === null) {
      if (this.options.now() - this.askedAt < COOL_DOWN_MS) return;
      this.askedAt = this.options.now();
      this.asking = this.take().finally(() => (this.asking = null));
    }
    await this.asking;
  }

  private async take(): Promise<void> {
    const { now, warn, fetch = fetchKeys } = this.options;
    try {
      const keys = await fetch(this.uri);
      const text = JSON.stringify(keys);
      // What was verified by the same keys stays so.
      const same = this.held?.text === text ? this.held.keys : createLocalJWKSet({ keys });
      this.held = { keys: same, text, at: now() };
    } catch (error) {
      warn?.(error);
    }
  }
}
