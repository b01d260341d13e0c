import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';

type Callback = (payload: string) => void;

/** One connection that listens on every channel asked for, and connects again when it is lost. */
export class PostgresListener {
  readonly #channels = new Map<string, Set<Callback>>();
  #client: Promise<pg.Client> | undefined;
  readonly #closing = new AbortController();

  constructor(private readonly makeClient: () => pg.Client) {}

  async listen(channel: string, callback: Callback): Promise<() => Promise<void>> {
    const callbacks = this.#channels.get(channel) ?? new Set();
    this.#channels.set(channel, callbacks.add(callback));
    try {
      const client = await (this.#client ??= this.#connect());
      await client.query(`listen ${quote(channel)}`);
    } catch (error) {
      callbacks.delete(callback);
      throw error;
    }
    return () => this.#unlisten(channel, callback);
  }

  async close(): Promise<void> {
    this.#closing.abort();
    this.#channels.clear();
    const client = await this.#client?.catch(() => undefined);
    await client?.end().catch(() => {});
  }

  async #unlisten(channel: string, callback: Callback): Promise<void> {
    const callbacks = this.#channels.get(channel);
    callbacks?.delete(callback);
    if (callbacks?.size !== 0) return;
    this.#channels.delete(channel);
    const client = await this.#client?.catch(() => undefined);
    // A lost connection listens to nothing any more.
    await client?.query(`unlisten ${quote(channel)}`).catch(() => {});
  }

  async #connect(): Promise<pg.Client> {
    const client = this.makeClient();
    client.on('notification', ({ channel, payload }) => this.#call(channel, payload ?? ''));
    client.on('error', () => {});
    try {
      await client.connect();
    } catch (error) {
      this.#client = undefined;
      throw error;
    }
    client.once('end', () => void this.#reconnect());
    return client;
  }

  async #reconnect(): Promise<void> {
    this.#client = undefined;
    for (
      let pause = 100;
      !this.#closing.signal.aborted && !(await this.#resume());
      pause = Math.min(pause * 2, 5_000)
    ) {
      await sleep(pause, undefined, { signal: this.#closing.signal, ref: false }).catch(() => {});
    }
  }

  async #resume(): Promise<boolean> {
    try {
      const client = await (this.#client ??= this.#connect());
      for (const channel of this.#channels.keys()) await client.query(`listen ${quote(channel)}`);
      for (const channel of this.#channels.keys()) this.#call(channel, '');
      return true;
    } catch {
      return false;
    }
  }

  #call(channel: string, payload: string): void {
    for (const callback of [...(this.#channels.get(channel) ?? [])]) callback(payload);
  }
}

function quote(channel: string): string {
  return `"${channel.replaceAll('"', '""')}"`;
}
