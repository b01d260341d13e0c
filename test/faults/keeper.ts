import type { ChildProcess } from 'node:child_process';
import { execFileSync } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';

/** How a piece of the product is started, and told to be ready. */
export interface Piece {
  name: string;
  start(): ChildProcess | Promise<ChildProcess>;
  /** Whether it does its work: asked again and again. */
  answers(): Promise<boolean>;
}

const PAUSE_MS = 40;
/** Before a start is tried again: doubled each time. */
const AGAIN_MS = { first: 400, most: 3_200 };
/** What it needs may be away for a while, by other faults. */
const PATIENCE_MS = 600_000;

const hasEnded = (child: ChildProcess): boolean => child.exitCode !== null || child.signalCode !== null;

/** The processes that a process has started: PostgreSQL's are no group. */
export const childrenOf = (pid: number): number[] => {
  try {
    const list = execFileSync('ps', ['-o', 'pid=', '--ppid', String(pid)], { encoding: 'utf8' });
    return list.trim().split(/\s+/).filter(Boolean).map(Number);
  } catch {
    return [];
  }
};

const killed = (pid: number): void => {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has gone with its parent.
  }
};

/** Keeps one piece running as a supervisor would, and kills it. */
export class Keeper {
  #child: ChildProcess | null = null;
  /** What keeps it running; null while it is to be down. */
  #keeping: { ready: Promise<void> } | null = null;
  #isUp = false;
  #barred: Promise<void> = Promise.resolve();
  /** Processes whose end is no surprise. */
  readonly #told = new WeakSet<ChildProcess>();
  /** It ended although nobody had killed it. */
  readonly ends: string[] = [];
  /** That an end of its own is no fault now: of a server whose disk is full. */
  mayEnd = false;

  constructor(readonly piece: Piece) {}

  get isUp(): boolean {
    return this.#isUp;
  }

  get pid(): number {
    return this.#child?.pid ?? 0;
  }

  /** Resolves when it answers. One that ends before, as where the database is away, is started again. */
  start(): Promise<void> {
    if (this.#keeping) return this.#keeping.ready;
    const keeping = { ready: Promise.resolve() };
    this.#keeping = keeping;
    keeping.ready = this.#keep(() => this.#keeping === keeping);
    keeping.ready.catch(() => {});
    return keeping.ready;
  }

  /** Whoever starts it has to wait until the answered function is called. */
  bar(): () => void {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#barred = promise;
    return resolve;
  }

  /** kill -9, and it stays down until it is started. False where it wasn't running. */
  async kill(): Promise<boolean> {
    const child = this.#leave();
    if (!child) return false;
    const gone = new Promise((resolve) => child.once('exit', resolve));
    [child.pid!, ...childrenOf(child.pid!)].forEach(killed);
    await gone;
    return child.signalCode === 'SIGKILL';
  }

  /** SIGTERM, and its end. */
  async stop(): Promise<void> {
    const child = this.#leave();
    if (!child) return;
    const gone = new Promise((resolve) => child.once('exit', resolve));
    const insist = setTimeout(() => child.kill('SIGKILL'), 15_000);
    child.kill('SIGTERM');
    await gone;
    clearTimeout(insist);
  }

  #leave(): ChildProcess | null {
    const child = this.#child;
    this.#keeping = null;
    this.#isUp = false;
    if (!child || hasEnded(child)) return null;
    this.#told.add(child);
    return child;
  }

  async #keep(isWanted: () => boolean): Promise<void> {
    await this.#barred;
    const end = Date.now() + PATIENCE_MS;
    for (let pause = AGAIN_MS.first; isWanted(); pause = Math.min(2 * pause, AGAIN_MS.most)) {
      const child = await this.#begin(isWanted);
      if (child && (await this.#comesUp(child, isWanted, end))) return this.#watch(child);
      if (Date.now() > end) throw new Error(`${this.piece.name} did not come up in ${PATIENCE_MS / 1000} s`);
      await sleep(pause);
    }
  }

  async #begin(isWanted: () => boolean): Promise<ChildProcess | null> {
    try {
      const child = await this.piece.start();
      // Killed while it was being started.
      if (!isWanted()) killed(child.pid!);
      else this.#child = child;
      return child;
    } catch {
      return null;
    }
  }

  async #comesUp(child: ChildProcess, isWanted: () => boolean, end: number): Promise<boolean> {
    while (isWanted() && !hasEnded(child) && Date.now() < end) {
      if (await this.piece.answers().catch(() => false)) return isWanted() && !hasEnded(child);
      await sleep(PAUSE_MS);
    }
    return false;
  }

  #watch(child: ChildProcess): void {
    this.#isUp = true;
    child.once('exit', () => {
      if (this.#told.has(child)) return;
      this.#keeping = null;
      this.#isUp = false;
      if (!this.mayEnd) this.ends.push(`${this.piece.name} ended by itself with ${child.signalCode ?? child.exitCode}`);
      void this.start();
    });
  }
}
