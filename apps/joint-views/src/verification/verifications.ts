import type { Clock, Logger } from '#platform';
import { Runs, type Run } from '../service/runs.ts';
import type { Witness } from './audit-chain.ts';
import { Verification, type Verified, type VerifyParts } from './verify.ts';

/** The verifications of this process. */
export class Verifications {
  readonly #runs: Runs<Verified>;

  constructor(
    private readonly parts: VerifyParts,
    clock: Clock,
    logger: Logger,
  ) {
    this.#runs = new Runs('verification', clock, logger);
  }

  /** Starts one. Throws WrongState while another runs. */
  start(witnesses: readonly Witness[]): Run<Verified> {
    const begin: Verified = { phase: 'events', checked: 0, total: 0, findings: [] };
    return this.#runs.start(begin, (report) => new Verification(this.parts, witnesses, report).run());
  }

  /** Throws NotFound. */
  find(id: string): Run<Verified> {
    return this.#runs.find(id);
  }
}
