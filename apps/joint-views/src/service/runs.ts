import { NotFound, reasonOf, uuidv7, WrongState } from '#contracts';
import type { Clock, Logger } from '#platform';

/** Long work as those who wait for it see it: how far it is, then what came of it. */
export type Run<Report extends object> = Report & {
  id: string;
  state: 'running' | 'done' | 'failed';
  /** When it has failed. */
  reason?: string;
};

/** What failed for a reason that whoever waits may know. */
export class Failed extends Error {}

const KEPT = 20;

/** The runs of one kind of work in this process: one at a time, the last ones remembered. */
export class Runs<Report extends object> {
  readonly #runs = new Map<string, Run<Report>>();

  constructor(
    private readonly name: 'replay' | 'verification',
    private readonly clock: Clock,
    private readonly logger: Logger,
  ) {}

  /** Starts one. `work` changes the report as it goes on. Throws WrongState while another runs. */
  start(begin: Report, work: (report: Report) => Promise<void>): Run<Report> {
    if ([...this.#runs.values()].some(({ state }) => state === 'running')) {
      throw new WrongState(`${this.name}.running`, `A ${this.name} is running.`);
    }
    const id = uuidv7(this.clock.now());
    const run: Run<Report> = { id, state: 'running', ...begin };
    this.#runs.set(id, run);
    for (const old of [...this.#runs.keys()].slice(0, -KEPT)) this.#runs.delete(old);
    void this.#follow(run, work);
    return run;
  }

  /** Throws NotFound. */
  find(id: string): Run<Report> {
    const run = this.#runs.get(id);
    if (!run) throw new NotFound();
    return run;
  }

  async #follow(run: Run<Report>, work: (report: Report) => Promise<void>): Promise<void> {
    try {
      await work(run);
      run.state = 'done';
    } catch (error) {
      this.logger.error({ reason: reasonOf(error) }, `${this.name} failed`);
      run.reason = error instanceof Failed ? error.message : 'The log tells why.';
      run.state = 'failed';
    }
  }
}
