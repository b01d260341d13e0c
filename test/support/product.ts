import { execFile, spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { freePortBase } from './ports.ts';

const MAIN = join(process.cwd(), 'dist', 'apps', 'accord', 'src', 'main.js');
const READY_MS = 120_000;

export interface ProductOptions {
  command?: 'start' | 'start-distributed';
  seed?: 'demo' | 'none';
  /** Settings of the product, as its environment. */
  env?: Record<string, string>;
  /** Goes on with this directory; it is then the caller's to remove. */
  dir?: string;
  /** More of the command line. */
  args?: readonly string[];
}

/** The built product, started as its operator would on a directory and ports of its own. */
export class Product {
  readonly dir: string;
  private readonly owned: boolean;
  private child: ChildProcess | undefined;
  private readonly tokens = new Map<string, string>();
  output = '';

  readonly portBase: number;
  private readonly options: ProductOptions;

  private constructor(options: ProductOptions, portBase: number) {
    this.options = options;
    this.portBase = portBase;
    this.owned = options.dir === undefined;
    this.dir = options.dir ?? mkdtempSync(join(tmpdir(), 'accord-test-'));
  }

  static async start(options: ProductOptions = {}): Promise<Product> {
    const product = new Product(options, await freePortBase());
    await product.start();
    return product;
  }

  async start(): Promise<void> {
    const args = [
      MAIN,
      this.options.command ?? 'start',
      '--data',
      this.dir,
      '--port-base',
      String(this.portBase),
      '--seed',
      this.options.seed ?? 'none',
      ...(this.options.args ?? []),
    ];
    const child = spawn(process.execPath, args, {
      env: { ...process.env, NODE_OPTIONS: '', ...this.options.env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.child = child;
    process.once('exit', () => child.kill('SIGKILL'));
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`The product was not ready in time:\n${this.output}`)), READY_MS);
      const read = (chunk: Buffer) => {
        this.output += chunk.toString();
        if (this.output.includes('Accord is ready')) {
          clearTimeout(timer);
          resolve();
        }
      };
      child.stdout?.on('data', read);
      child.stderr?.on('data', read);
      child.once('exit', (code) => {
        clearTimeout(timer);
        reject(new Error(`The product ended with ${code}:\n${this.output}`));
      });
    });
  }

  get pid(): number {
    return this.child?.pid ?? 0;
  }

  private memory(field: 'VmHWM' | 'VmRSS'): number {
    const line = new RegExp(`${field}:\\s+(\\d+) kB`).exec(readFileSync(`/proc/${this.pid}/status`, 'utf8'));
    return Math.round(Number(line?.[1] ?? 0) / 1024);
  }

  /** Resident memory now, in MiB. */
  rss(): number {
    return this.memory('VmRSS');
  }

  /** Highest resident memory since the start or the last `resetPeak`, in MiB. */
  peakRss(): number {
    return this.memory('VmHWM');
  }

  /** Forgets the peak, so that the next one is that of what comes now. */
  resetPeak(): void {
    writeFileSync(`/proc/${this.pid}/clear_refs`, '5');
  }

  /** Ends it: politely, or as a crash would. */
  async stop(signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM'): Promise<void> {
    const child = this.child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill(signal);
    await ended;
    this.output = '';
  }

  /** Stops it and removes what it kept. */
  async dispose(): Promise<void> {
    await this.stop();
    if (this.owned) rmSync(this.dir, { recursive: true, force: true });
  }

  /** Runs a CLI command against this product. */
  cli(...args: string[]): { status: number | null; stdout: string; stderr: string } {
    const result = spawnSync(process.execPath, [MAIN, ...args], {
      encoding: 'utf8',
      env: { ...process.env, NODE_OPTIONS: '', ACCORD_HOME: this.dir },
      maxBuffer: 2 ** 28,
    });
    return { status: result.status, stdout: result.stdout, stderr: result.stderr };
  }

  /** The same, while the test goes on. Rejects where it exits with another status than 0, saying what it printed. */
  async cliBeside(...args: string[]): Promise<string> {
    const env = { ...process.env, NODE_OPTIONS: '', ACCORD_HOME: this.dir };
    return (await promisify(execFile)(process.execPath, [MAIN, ...args], { env, maxBuffer: 2 ** 28 })).stdout;
  }

  /** A token, kept once made. `member` null: the operator's. */
  token(member: string | null, roles = 'operator', clearance = 'SECRET'): string {
    const key = [member, roles, clearance].join();
    const known = this.tokens.get(key);
    if (known !== undefined) return known;
    const who =
      member === null ? ['--role', 'operator'] : ['--member', member, '--role', roles, '--clearance', clearance];
    const made = this.cli('token', ...who);
    if (made.status !== 0) throw new Error(made.stderr);
    this.tokens.set(key, made.stdout.trim());
    return made.stdout.trim();
  }

  url(where: string): string {
    const index = ['GB', 'AL', 'XK', 'MK', 'ME', 'IT'].indexOf(where);
    const offset = where === 'registry' ? 0 : where === 'views' ? 100 : 101 + index;
    return `http://127.0.0.1:${this.portBase + offset}`;
  }
}
