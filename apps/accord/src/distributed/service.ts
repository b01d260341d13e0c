import { spawn } from 'node:child_process';
import { appendFileSync, closeSync, mkdirSync, openSync } from 'node:fs';
import { extname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Home } from '../home/home.ts';
import { deathOf, hasEnded, type Piece } from './piece.ts';

const PAUSE_MS = 100;
const PATIENCE_MS = 90_000;
const INSIST_MS = 15_000;

/** An app that runs as a process of its own. */
export interface Service {
  name: string;
  app: 'registry' | 'joint-views' | 'member-node';
  url: string;
  env: Record<string, string>;
}

const mainOf = (app: string): string =>
  join(import.meta.dirname, '../../..', app, 'src', `main${extname(import.meta.filename)}`);

/**
 * Starts a service with its own settings and nothing else of this process's environment; it logs to a file. The settings
 * are written down beside its secrets, to look at and to start one more with.
 */
export const startService = (home: Home, { name, app, env }: Service): Piece => {
  const lines = Object.entries(env).map(([setting, value]) => `${setting}=${value}\n`);
  home.writeText(lines.join(''), 'services', `${name}.env`);
  mkdirSync(home.path('logs'), { recursive: true });
  const log = home.path('logs', `${name}.log`);
  const out = openSync(log, 'a', 0o600);
  // Over IPC it learns when this process is gone, however that ended. In a group of its own no Ctrl-C reaches it first.
  const child = spawn(
    process.execPath,
    [...process.execArgv, '--disable-warning=TimeoutNegativeWarning', mainOf(app)],
    {
      env: { PATH: process.env['PATH'], ...env },
      stdio: ['ignore', out, 'pipe', 'ipc'],
      detached: true,
    },
  );
  closeSync(out);
  let said = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    appendFileSync(log, chunk);
    said = `${said}${chunk.toString()}`.slice(-2_000);
  });
  // A process that can't be started tells so here and nowhere else, and without a listener ends this one.
  child.on('error', ({ message }) => (said = `${said}\n${message}`));
  return {
    name,
    process: child,
    lastWords: () => said.trimEnd().split('\n').at(-1) ?? '',
    stop: async () => {
      if (hasEnded(child)) return;
      const ended = new Promise((resolve) => child.once('exit', resolve));
      const insist = setTimeout(() => child.kill('SIGKILL'), INSIST_MS);
      child.kill('SIGTERM');
      await ended;
      clearTimeout(insist);
    },
  };
};

const answers = async (url: string): Promise<boolean> => {
  try {
    return (await fetch(`${url}/health`)).ok;
  } catch {
    return false;
  }
};

/** Resolves when a service is healthy. Throws where it has ended, or takes too long. */
export const healthy = async (piece: Piece, url: string, signal: AbortSignal): Promise<void> => {
  const end = Date.now() + PATIENCE_MS;
  while (!(await answers(url))) {
    signal.throwIfAborted();
    if (hasEnded(piece.process)) throw new Error(deathOf(piece));
    if (Date.now() > end) throw new Error(`${piece.name} was not healthy at ${url} in ${PATIENCE_MS / 1000} s`);
    await sleep(PAUSE_MS);
  }
  // Another product at this port would answer as well.
  if (hasEnded(piece.process)) throw new Error(deathOf(piece));
};
