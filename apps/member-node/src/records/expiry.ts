import { reasonOf } from '#contracts';
import type { Clock, Logger } from '#platform';
import type { Consequences } from './consequences.ts';
import type { ListQueries } from './list-queries.ts';
import type { Modules } from './modules.ts';
import type { Records } from './records.ts';

const BATCH = 500;

export interface ExpiryParts {
  records: Records;
  queries: ListQueries;
  modules: Modules;
  consequences: Consequences;
  clock: Clock;
  logger: Logger;
}

/** Ends what has come to its review date, and asks again for what the joint views still hold of erased records. */
export class Expiry {
  private timer: NodeJS.Timeout | null = null;
  private running: Promise<void> = Promise.resolve();

  constructor(private readonly parts: ExpiryParts) {}

  /** Every so many milliseconds; the first time now. */
  start(intervalMs: number): void {
    this.tick();
    this.timer = setInterval(() => this.tick(), intervalMs);
    this.timer.unref();
  }

  async stop(): Promise<void> {
    if (this.timer) clearInterval(this.timer);
    await this.running;
  }

  /** Once; for tests, and for the timer. */
  async run(): Promise<void> {
    const { records, queries, modules, consequences, clock } = this.parts;
    const today = new Date(clock.now()).toISOString().slice(0, 10);
    for (;;) {
      const due = await queries.due(today, BATCH);
      for (const { kind, id } of due) {
        const module = modules.of(kind);
        await records.end(module, id, { user: 'node' }, module.expire());
      }
      if (due.length < BATCH) break;
    }
    await consequences.purgeElsewhere();
  }

  private tick(): void {
    this.running = this.running
      .then(() => this.run())
      .catch((error: Error) =>
        this.parts.logger.error({ reason: reasonOf(error) }, 'expiry failed, it is tried again'),
      );
  }
}
