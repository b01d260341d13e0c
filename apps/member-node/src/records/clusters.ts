/** Names that mean the same (union-find). */
export class Clusters {
  private readonly parents = new Map<string, string>();

  add(name: string): void {
    if (!this.parents.has(name)) this.parents.set(name, name);
  }

  /** The one name that stands for all that mean the same. */
  find(name: string): string {
    let at = name;
    for (let parent = this.parent(at); parent !== at; parent = this.parent(at)) {
      this.parents.set(at, this.parent(parent));
      at = parent;
    }
    return at;
  }

  join(one: string, other: string): void {
    this.add(one);
    this.add(other);
    this.parents.set(this.find(one), this.find(other));
  }

  names(): string[] {
    return [...this.parents.keys()];
  }

  private parent(name: string): string {
    return this.parents.get(name) ?? name;
  }
}
