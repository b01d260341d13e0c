import { existsSync, readdirSync, readFileSync } from 'node:fs';

/** The demo: reports of fictional people, and operations against their networks. */
export interface Scenario {
  reports: ScenarioReport[];
  operations: ScenarioOperation[];
  /** Of the other systems: what stands in seeds/systems/, file by file. */
  records: ScenarioRecord[];
}

/** A record of any system, and what becomes of it; a step may be another member's. */
export interface ScenarioRecord {
  /** Others name it so: `@DEMO-AID-1` is its id, `@DEMO-AID-1.hub` a field of an answer about it. */
  ref: string;
  by: string;
  /** Where it is posted: `/v1/assistance`. Its steps are posted below that, with its id. */
  path: string;
  body: object;
  steps?: { by?: string; do: string; body: object }[];
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

/** The demo's scenario, with the records of every system. */
export const readScenario = (root: string): Scenario => {
  const files = readdirSync(`${root}/seeds/systems`).filter((name) => name.endsWith('.json'));
  const records = files
    .sort()
    .flatMap((name) => readSeed<{ records: ScenarioRecord[] }>(root, `systems/${name}`).records);
  return { ...readSeed<Omit<Scenario, 'records'>>(root, 'scenario.json'), records };
};

/** Replaces `@DEMO-GB-001.lead` by that entity's global id. Throws where a reference leads nowhere. */
export const resolveReferences = <T>(value: T, known: ReadonlyMap<string, string>): T =>
  JSON.parse(JSON.stringify(value), (_, leaf: unknown) => {
    if (typeof leaf !== 'string' || !/^@DEMO-/.test(leaf)) return leaf;
    const id = known.get(leaf.slice(1));
    if (id === undefined) throw new Error(`The scenario names ${leaf}, which nothing before it has.`);
    return id;
  }) as T;
