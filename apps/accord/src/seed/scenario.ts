import { existsSync, readFileSync } from 'node:fs';

/** The demo: reports of fictional people, and operations against their networks. */
export interface Scenario {
  reports: ScenarioReport[];
  operations: ScenarioOperation[];
}

export interface ScenarioReport {
  ref: string;
  originator: string;
  body: { entities: unknown[] } & Record<string, unknown>;
  release?: object;
  /** Recalled afterwards, for this reason. */
  recall?: string;
}

export interface ScenarioOperation {
  ref: string;
  lead: string;
  body: object;
  steps: { by: string; do: string; body: object }[];
}

/** Reads a JSON file of seeds/. Throws where it is missing: a started product has its seeds beside it. */
export const readSeed = <T>(root: string, name: string): T => {
  const path = `${root}/seeds/${name}`;
  if (!existsSync(path)) throw new Error(`The seed ${path} is missing.`);
  return JSON.parse(readFileSync(path, 'utf8')) as T;
};

/** Replaces `@DEMO-GB-001.lead` by that entity's global id. Throws where a reference leads nowhere. */
export const resolveReferences = <T>(value: T, known: ReadonlyMap<string, string>): T =>
  JSON.parse(JSON.stringify(value), (_, leaf: unknown) => {
    if (typeof leaf !== 'string' || !/^@DEMO-/.test(leaf)) return leaf;
    const id = known.get(leaf.slice(1));
    if (id === undefined) throw new Error(`The scenario names ${leaf}, which no report before it has.`);
    return id;
  }) as T;
