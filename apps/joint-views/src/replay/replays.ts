import { NotFound, reasonOf, uuidv7, WrongState } from '#contracts';
import type { Clock, Logger } from '#platform';
import { ReplayStuck, type Progress, type ReplayedTable } from './replay.ts';

export interface ReplayReport extends Progress {
  id: string;
  state: 'running' | 'done' | 'failed';
  /** When it has failed: the live views stay as they are. */
  reason?: string;
  /** When it is done. */
  tables?: ReplayedTable[];
  /** How many of them are not the same. */
  differing?: number;
}

const KEPT = 20;

/** The replays of this process: one at a time, the last ones remembered. */
export class Replays {
  readonly #reports = new Map<string, ReplayReport>();

  constructor(
    private readonly run: (tell: (progress: Progress) => void) => Promise<ReplayedTable[]>,
    private readonly clock: Clock,
    private readonly logger: Logger,
  ) {}

  /** Starts one; `only` limits what it reports to one table. Throws WrongState while another runs. */
  start(only?: string): ReplayReport {
    if ([...this.#reports.values()].some(({ state }) => state === 'running')) {
      throw new WrongState('replay.running', 'A replay is running.');
    }
    const id = uuidv7(this.clock.now());
    const report: ReplayReport = { id, state: 'running', phase: 'building', applied: 0, total: 0 };
    this.#reports.set(id, report);
    for (const old of [...this.#reports.keys()].slice(0, -KEPT)) this.#reports.delete(old);
    void this.#follow(report, only);
    return report;
  }

  /** Throws NotFound. */
  find(id: string): ReplayReport {
    const report = this.#reports.get(id);
    if (!report) throw new NotFound();
    return report;
  }

  async #follow(report: ReplayReport, only: string | undefined): Promise<void> {
    try {
      const tables = await this.run((progress) => Object.assign(report, progress));
      report.tables = only === undefined ? tables : tables.filter(({ name }) => name === only);
      report.differing = report.tables.filter(({ before, after }) => before !== after).length;
      report.state = 'done';
    } catch (error) {
      this.logger.error({ reason: reasonOf(error) }, 'replay failed');
      report.reason = error instanceof ReplayStuck ? error.message : 'The log tells why.';
      report.state = 'failed';
    }
  }
}
