import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { lockDirectory } from '#sql';

/** Where the started product answers. */
export interface Endpoints {
  registry: string;
  views: string;
  nodes: Record<string, string>;
}

/** The fixed ports of the house, counted from one base so that a second product can stand beside it. */
export const endpointsFrom = (portBase: number, members: readonly string[]): Endpoints => ({
  registry: `http://127.0.0.1:${portBase}`,
  views: `http://127.0.0.1:${portBase + 100}`,
  nodes: Object.fromEntries(members.map((code, i) => [code, `http://127.0.0.1:${portBase + 101 + i}`])),
});

/** The data directory of a product that runs on this machine: its database, the built-in issuers' keys, its endpoints. */
export class Home {
  readonly dir: string;

  constructor(dir: string | undefined) {
    // An empty setting is none: it must not make the current directory the product's.
    this.dir = resolve(dir || process.env['ACCORD_HOME'] || '.accord');
  }

  path(...parts: string[]): string {
    return join(this.dir, ...parts);
  }

  /** Makes the directory, closed to others: private keys lie in it. */
  create(): void {
    mkdirSync(this.dir, { recursive: true, mode: 0o700 });
  }

  /**
   * Deletes all that is in the directory. Throws where a running product has it, and where it holds anything but a
   * product's data: a wrong --data must not cost somebody's files.
   */
  async clear(): Promise<void> {
    if (!existsSync(this.dir)) return;
    if (readdirSync(this.dir).length > 0 && !this.has('keys', 'issuers')) {
      throw new Error(`${this.dir} is no data directory of Accord: --fresh deletes nothing in it.`);
    }
    const unlock = await lockDirectory(this.path('db'));
    rmSync(this.dir, { recursive: true, force: true });
    await unlock();
  }

  has(...parts: string[]): boolean {
    return existsSync(this.path(...parts));
  }

  readJson<T>(...parts: string[]): T {
    return JSON.parse(readFileSync(this.path(...parts), 'utf8')) as T;
  }

  writeJson(value: unknown, ...parts: string[]): void {
    this.writeText(`${JSON.stringify(value, null, 2)}\n`, ...parts);
  }

  /** Writes a file that only its owner may read; answers its path. */
  writeText(text: string, ...parts: string[]): string {
    mkdirSync(join(this.path(...parts), '..'), { recursive: true, mode: 0o700 });
    writeFileSync(this.path(...parts), text, { mode: 0o600 });
    return this.path(...parts);
  }

  endpoints(): Endpoints {
    if (!this.has('endpoints.json'))
      throw new Error(
        `No product has been started on ${this.dir}: run "accord start" first, or name its --data directory.`,
      );
    return this.readJson('endpoints.json');
  }
}
