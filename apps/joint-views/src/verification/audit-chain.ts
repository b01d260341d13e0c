import { follows, NO_ENTRY, type Entry, type Head } from '../consultation/entry.ts';
import { auditOf, type Finding } from './finding.ts';

/** Where a member's log ended when its own node looked. */
export interface Witness extends Head {
  member: string;
}

/** One member's log of consultations, read from its first line. */
export class AuditChain {
  head: Head = NO_ENTRY;
  finding: Finding | null = null;
  readonly #witnessed: ReadonlyMap<number, string>;
  readonly #last: number;

  /** `witnesses`: what the member's node has kept of it. It holds them; the joint views' operator can't change them. */
  constructor(
    private readonly member: string,
    witnesses: readonly Witness[],
  ) {
    const own = witnesses.filter((witness) => witness.member === member);
    this.#witnessed = new Map(own.map(({ number, hash }) => [number, hash]));
    this.#last = Math.max(0, ...own.map(({ number }) => number));
  }

  /** Takes the next line. Whether it is right. */
  take(entry: Entry): boolean {
    if (this.finding) return false;
    const line = this.head.number + 1;
    if (entry.member !== this.member || !follows(entry, this.head)) return this.#wrong(line, 'changed');
    if ((this.#witnessed.get(line) ?? entry.hash) !== entry.hash) return this.#wrong(line, 'not-as-witnessed');
    this.head = { number: entry.number, hash: entry.hash };
    return true;
  }

  /** There is nothing more. */
  end(): Finding | null {
    if (!this.finding && this.head.number < this.#last) this.#wrong(this.head.number + 1, 'missing');
    return this.finding;
  }

  #wrong(line: number, reason: Finding['reason']): false {
    this.finding ??= { chain: auditOf(this.member), line, reason };
    return false;
  }
}
