/** Collects the conditions of a query with their parameters, so that a filter not asked for costs no plan. */
export class Conditions {
  readonly params: unknown[] = [];
  private readonly parts: string[] = [];

  /** Adds a condition; `$` in it stands for the value's parameter. Nothing happens where the value wasn't given. */
  where(condition: string, value: unknown): this {
    if (value === undefined || value === null) return this;
    const placeholder = this.param(value);
    return this.and(condition.replaceAll('$', () => placeholder));
  }

  /** Adds a condition as it stands. */
  and(condition: string): this {
    this.parts.push(condition);
    return this;
  }

  /** A parameter of its own: its placeholder. */
  param(value: unknown): string {
    return `$${this.params.push(value)}`;
  }

  toString(): string {
    return this.parts.length === 0 ? 'true' : this.parts.join(' and ');
  }
}
