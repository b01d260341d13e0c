import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import type { Service } from '../../apps/accord/src/distributed/service.ts';
import type { Home } from '../../apps/accord/src/home/home.ts';
import { Keeper } from './keeper.ts';

/** A clock that is wrong by so much, for whatever in the process asks for the time: no process can have another's Date. */
const skewed = (ms: number): string[] => {
  const script = `const RealDate = Date;
    globalThis.Date = class extends RealDate {
      constructor(...given) { if (given.length === 0) super(RealDate.now() + ${ms}); else super(...given); }
      static now() { return RealDate.now() + ${ms}; }
    };`;
  return ['--import', `data:text/javascript,${encodeURIComponent(script)}`];
};

const isOk = (url: string): Promise<boolean> =>
  fetch(`${url}/health`, { signal: AbortSignal.timeout(5_000) }).then(
    ({ ok }) => ok,
    () => false,
  );

/** A service as its operator would start it, kept running. `skew`: by how much its clock is wrong, in milliseconds. */
export const keeperOf = (home: Home, { name, app, url, env }: Service, skew: () => number): Keeper => {
  const main = join(process.cwd(), 'dist', 'apps', app, 'src', 'main.js');
  const start = (): ChildProcess => {
    const flags = ['--disable-warning=TimeoutNegativeWarning', ...(skew() === 0 ? [] : skewed(skew()))];
    const log = openSync(home.path('logs', `${name}.log`), 'a', 0o600);
    try {
      return spawn(process.execPath, [...flags, main], {
        env: { PATH: process.env['PATH'], ...env },
        // Over IPC it learns when this process is gone.
        stdio: ['ignore', log, log, 'ipc'],
      });
    } finally {
      closeSync(log);
    }
  };
  return new Keeper({ name, start, answers: () => isOk(url) });
};
