import { appendFileSync } from 'node:fs';
import type { Member } from './rig.ts';

/** What a member's node has acknowledged of one record. */
export interface Told {
  member: Member;
  /** The stream that the node keeps it in. */
  stream: string;
  /** The last version that was answered. */
  version: number;
}

/** Everything that was acknowledged, and how everything was answered. Kept by whoever asked: no fault reaches it. */
export class Ledger {
  readonly records = new Map<string, Told>();
  /** Answered commands, each with at least one event. */
  acknowledged = 0;
  /** `503 store-unavailable`, `no answer`, …: how often. */
  readonly refusals = new Map<string, number>();
  /** Answers that no fault may cause. */
  readonly wrong: string[] = [];
  /** Commands refused since the last one that was acknowledged, because the store can't be used. */
  refusedInARow = 0;

  /** `file`: a copy, to look into when something is wrong. */
  constructor(private readonly file: string) {}

  acknowledge(told: Told, what: string): void {
    const key = `${told.member} ${told.stream}`;
    const before = this.records.get(key);
    if (before && told.version <= before.version)
      this.wrong.push(`${what}: ${key} answered version ${told.version} after ${before.version}`);
    this.records.set(key, told);
    this.acknowledged += 1;
    this.refusedInARow = 0;
    appendFileSync(this.file, `${JSON.stringify({ at: Date.now(), what, ...told })}\n`);
  }

  refuse(how: string): void {
    this.refusals.set(how, (this.refusals.get(how) ?? 0) + 1);
    if (how === '503 store-unavailable') this.refusedInARow += 1;
  }
}
