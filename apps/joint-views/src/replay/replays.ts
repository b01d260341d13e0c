import type { Clock, Logger } from '#platform';
import { Runs, type Run } from '../service/runs.ts';
import type { Progress, ReplayedTable } from './replay.ts';

interface Report extends Progress {
  /** When it is done. */
  tables?: ReplayedTable[];
  /** How many of them are not the same. */
  differing?: number;
}

/** Where it has failed, the live views stay as they are. */
export type ReplayReport = Run<Report>;

/** The replays of this process. */
export class Replays {
  readonly #runs: Runs<Report>;

  constructor(
    private readonly run: (tell: (progress: Progress) => void) => Promise<ReplayedTable[]>,
    clock: Clock,
    logger: Logger,
  ) {
    this.#runs = new Runs('replay', clock, logger);
  }

  /** Starts one; `only` limits what it reports to one table. Throws WrongState while another runs. */
  start(only?: string): ReplayReport {
    return this.#runs.start({ phase: 'building', applied: 0, total: 0 }, async (report) => {
      const tables = await this.run((progress) => Object.assign(report, progress));
      report.tables = only === undefined ? tables : tables.filter(({ name }) => name === only);
      report.differing = report.tables.filter(({ before, after }) => before !== after).length;
    });
  }

  /** Throws NotFound. */
  find(id: string): ReplayReport {
    return this.#runs.find(id);
  }
}
