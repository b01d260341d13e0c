import type { LogEntry } from '#exchange';
import { ACCESS, TestSource, type Said } from '../../apps/joint-views/src/intake/testing/source.ts';
import { Reports } from '../data.ts';
import type { Random } from '../random.ts';

/** What a relay signs at once. */
const SIGNED = 500;

/** A member that says what a seed makes, as its relay writes it to the exchange. */
export class Member {
  readonly source: TestSource;
  readonly #reports: Reports;
  #offset = 0;

  constructor(
    random: Random,
    readonly code: string,
  ) {
    this.source = new TestSource(`/members/${code}`, undefined as never);
    this.#reports = new Reports(random, code);
  }

  /** The next released reports, as entries of its log. Their keys are in `source.keys`. */
  say(count: number): LogEntry[] {
    const entries: LogEntry[] = [];
    for (let left = count; left > 0; left -= SIGNED) {
      const said = Array.from({ length: Math.min(SIGNED, left) }, () => this.#released());
      for (const { key, value } of this.source.batch(...said)) entries.push({ key, value, offset: this.#offset++ });
    }
    return entries;
  }

  #released(): Said {
    return {
      type: 'accord.intelligence.report-released.v1',
      subject: this.#reports.id(),
      recordversion: 1,
      access: { ...ACCESS, audience: ['AL', 'XK', 'MK', 'ME'], registrysequence: 1 },
      sealed: { shield: ['sy'], content: this.#reports.next() },
    };
  }
}
