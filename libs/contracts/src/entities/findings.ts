import { RuleBroken, type FieldError } from '../problems/problem.ts';
import { pointer } from '../validation/index.ts';

/** More tell a caller nothing new. */
const MAX_FINDINGS = 20;

/** What is wrong with a report's entities, collected so that a caller sees it at once. */
export class Findings {
  private readonly errors: FieldError[] = [];

  constructor(private readonly base: string) {}

  get full(): boolean {
    return this.errors.length >= MAX_FINDINGS;
  }

  /** `at`: the steps below the list of entities. */
  add(at: (string | number)[], rule: string, message: string): void {
    if (!this.full) this.errors.push({ path: this.base + pointer(...at), rule, message });
  }

  /** Throws RuleBroken `entity.invalid` unless nothing was found. */
  settle(): void {
    if (this.errors.length > 0) throw new RuleBroken('entity.invalid', this.errors);
  }
}
