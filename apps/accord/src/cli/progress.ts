import { SingleBar } from 'cli-progress';

/** How long work gets on. */
export interface Progress {
  update(done: number, note?: string): void;
  stop(): void;
}

const LINE_EVERY_MS = 5_000;

const bar = (total: number, unit: string): Progress => {
  const shown = new SingleBar({
    format: `{bar} {percentage}% | {value}/{total} ${unit} | {eta_formatted} left {note}`,
    stream: process.stderr,
  });
  shown.start(total, 0, { note: '' });
  return {
    update: (done, note = '') => shown.update(Math.min(done, total), { note }),
    stop: () => shown.stop(),
  };
};

const lines = (total: number, unit: string): Progress => {
  let last = Date.now();
  return {
    update: (done, note = '') => {
      if (Date.now() - last < LINE_EVERY_MS) return;
      last = Date.now();
      process.stderr.write(`${done} of ${total} ${unit} ${note}\n`);
    },
    stop: () => undefined,
  };
};

/** A bar on a terminal, a plain line every few seconds elsewhere; both on stderr. */
export const progress = (total: number, unit: string): Progress => (process.stderr.isTTY ? bar : lines)(total, unit);
