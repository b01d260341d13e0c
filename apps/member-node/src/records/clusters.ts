/** Names that mean the same (union-find). */
export class Clusters {
  private readonly parents = new Map<string, string>();

  add(name: string): void {
    if (!this.parents.has(name)) this.parents.set(name, name);
  }

  /** The one name that stands for all that mean the same. */
  find(name: string): string {
    const parent = this.parents.get(name) ?? name;
    if (parent === name) return name;
    const root = this.find(parent);
    this.parents.set(name, root);
    return root;
  }

  join(one: string, other: string): void {
    this.add(one);
    this.add(other);
    this.parents.set(this.find(one), this.find(other));
  }

  names(): string[] {
    return [...this.parents.keys()];
  }
}
