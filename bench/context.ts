import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { openPostgres } from '#sql';
import { findBinaries, startPostgres, stopPostgres, type LocalServer } from '#platform/servers';
import type { Context } from './bench.ts';
import { Random } from './random.ts';

/** What the benches of one run share: a folder, and a PostgreSQL server as an operator would start it, durable. */
export class House {
  readonly #folder = mkdtempSync(join(tmpdir(), 'accord-bench-'));
  #server: Promise<LocalServer> | undefined;
  #count = 0;
  /** Of PostgreSQL, once it is started. */
  serverPid: number | undefined;
  #after: (() => Promise<unknown>)[] = [];

  constructor(
    private readonly seed: number,
    private readonly say: (line: string) => void,
    private readonly events?: number,
  ) {
    process.once('exit', () => rmSync(this.#folder, { recursive: true, force: true }));
  }

  context(scale: number): Context {
    return {
      seed: this.seed,
      scale,
      ...(this.events !== undefined && { events: this.events }),
      random: new Random(this.seed),
      folder: (name) => this.#newFolder(name),
      newDatabase: () => this.#newDatabase(),
      say: this.say,
      after: (work) => void this.#after.push(work),
    };
  }

  /** After a bench. */
  async tidy(): Promise<void> {
    const works = this.#after.reverse();
    this.#after = [];
    for (const work of works) await work();
  }

  async close(): Promise<void> {
    await this.tidy();
    const server = await this.#server?.catch(() => undefined);
    if (server) await stopPostgres(server.process, 'SIGQUIT');
    rmSync(this.#folder, { recursive: true, force: true, maxRetries: 10 });
  }

  #newFolder(name: string): string {
    this.#count += 1;
    const folder = join(this.#folder, `${name}-${this.#count}`);
    mkdirSync(folder, { recursive: true });
    this.#after.push(async () => rmSync(folder, { recursive: true, force: true, maxRetries: 10 }));
    return folder;
  }

  async #newDatabase(): Promise<string> {
    this.#server ??= this.#start();
    const { url } = await this.#server;
    this.#count += 1;
    const name = `bench_${this.#count}`;
    await onServer(url, `create database ${name}`);
    this.#after.push(() => onServer(url, `drop database ${name} with (force)`));
    return url.replace(/\/postgres$/, `/${name}`);
  }

  async #start(): Promise<LocalServer> {
    const bin = findBinaries();
    if (!bin) throw new Error('There are no initdb and postgres on the PATH or in /usr/lib/postgresql');
    const folder = join(this.#folder, 'postgres');
    mkdirSync(folder, { recursive: true });
    // Where this runs as root the server doesn't, and must reach its own folder.
    chmodSync(this.#folder, 0o711);
    const server = await startPostgres({ bin, folder });
    this.serverPid = server.process.pid;
    process.once('exit', () => server.process.kill('SIGQUIT'));
    await answers(server);
    return server;
  }
}

async function onServer(url: string, statement: string): Promise<void> {
  const db = await openPostgres({ url, max: 1 });
  await db.exec(statement).finally(() => db.close());
}

async function answers({ url, process: server }: LocalServer): Promise<void> {
  for (let tries = 0; tries < 600 && server.exitCode === null; tries += 1) {
    const db = await openPostgres({ url, max: 1 }).catch(() => null);
    if (db) return db.close();
    await sleep(100);
  }
  throw new Error('PostgreSQL did not start');
}
