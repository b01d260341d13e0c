import { reasonOf } from '#contracts';
import type { Clock, Logger } from '#platform';
import type { Consequences } from './consequences.ts';
import type { ListQueries } from './list-queries.ts';
import type { Modules } from './modules.ts';
import { unlessEnded, type Records } from './records.ts';

const BATCH = 500;

export interface ExpiryParts {
  records: Records;
  queries: ListQueries;
  modules: Modules;
  consequences: Consequences;
  clock: Clock;
  logger: Logger;
}

/**
 * Ends what has come to its review date, asks again for what the joint views still hold of erased records, and erases what
 * goes with those.
 */
export class Expiry {
  private timer: NodeJS.Timeout | null = null;
  private running: Promise<void> = Promise.resolve();

  constructor(private readonly parts: ExpiryParts) {}

  /** Every so many milliseconds; the first time now. */
  start(intervalMs: number): void {
    this.timer = setInterval(() => this.tick(), intervalMs);
    this.timer.unref();
    this.parts.consequences.onCompanions(() => this.tick());
    this.tick();
  }

  async stop(): Promise<void> {
    if (this.timer) clearInterval(this.timer);
    this.timer = null;
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
    for (const id of await consequences.purgeElsewhere()) await this.eraseWord(id);
  }

  /** Nothing but a word goes with a record: what else it may be asked to erase isn't there. */
  private async eraseWord(id: string): Promise<void> {
    const { records, modules } = this.parts;
    const erase = { type: 'erase', reason: 'What it was said of is erased.' };
    await records.end(modules.of('word'), id, { user: 'node' }, erase).catch(unlessEnded);
  }

  private tick(): void {
    if (this.timer === null) return;
    this.running = this.running
      .then(() => this.run())
      .catch((error: Error) =>
        this.parts.logger.error({ reason: reasonOf(error) }, 'expiry failed, it is tried again'),
      );
  }
}
