import { SingleBar } from 'cli-progress';

/** How long work gets on. */
export interface Progress {
  /** `total` where it has become known since the start. */
  update(done: number, note?: string, total?: number): void;
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
    update: (done, note = '', now = total) => {
      shown.setTotal(now);
      shown.update(Math.min(done, now), { note });
    },
    stop: () => shown.stop(),
  };
};

const lines = (total: number, unit: string): Progress => {
  let last = Date.now();
  return {
    update: (done, note = '', now = total) => {
      if (Date.now() - last < LINE_EVERY_MS) return;
      last = Date.now();
      process.stderr.write(`${done} of ${now} ${unit} ${note}`.trimEnd() + '\n');
    },
    stop: () => undefined,
  };
};

/** A bar on a terminal, a plain line every few seconds elsewhere; both on stderr. */
export const progress = (total: number, unit: string): Progress => (process.stderr.isTTY ? bar : lines)(total, unit);
