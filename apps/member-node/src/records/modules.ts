import type { RecordModule } from './record-module.ts';

/** The kinds of records that this node has. */
export class Modules {
  private readonly byKind: ReadonlyMap<string, RecordModule>;

  constructor(modules: readonly RecordModule[]) {
    this.byKind = new Map(modules.map((module) => [module.kind, module]));
  }

  of(kind: string): RecordModule {
    const module = this.byKind.get(kind);
    if (!module) throw new Error(`No module for ${kind}`);
    return module;
  }

  /** The module and id of a stream, or null where it is no record's. */
  find(stream: string): { module: RecordModule; id: string } | null {
    const at = stream.length - 37;
    const module = stream[at] === '-' ? this.byKind.get(stream.slice(0, at)) : undefined;
    return module ? { module, id: stream.slice(at + 1) } : null;
  }
}
