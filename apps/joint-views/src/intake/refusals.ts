import { FAULTS } from './chain.ts';
import { UNREADABLE } from './changes.ts';

/** Every reason by which an event is refused: what stops its source, and what is of no use although it verified. */
export const REFUSAL_REASONS = [...FAULTS, ...UNREADABLE] as const;
export type RefusalReason = (typeof REFUSAL_REASONS)[number];

/** How many events this process has refused since it started, by source and reason. */
export class Refusals {
  readonly #counts = new Map<string, Map<string, number>>();

  count(source: string, reasons: readonly string[]): void {
    const counts = this.#counts.get(source) ?? new Map<string, number>();
    this.#counts.set(source, counts);
    for (const reason of reasons) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  }

  of(source: string, reason: RefusalReason): number {
    return this.#counts.get(source)?.get(reason) ?? 0;
  }
}
