import { describe, expect, it } from '@jest/globals';
import { commandsOf } from './load-scenario.ts';
import { readScenario, resolveReferences } from './scenario.ts';

describe('the scenario', () => {
  const scenario = readScenario(process.cwd());

  it('has what the demo shows', () => {
    expect(scenario.reports.length).toBeGreaterThanOrEqual(60);
    expect(scenario.operations.length).toBeGreaterThanOrEqual(4);
    expect(new Set(scenario.reports.map((report) => report.originator))).toEqual(new Set(['GB', 'AL', 'XK']));
    const text = JSON.stringify(scenario);
    for (const piece of ['protectionClaim', 'tearLine', 'recall', 'notBefore']) expect(text).toContain(piece);
    expect(commandsOf(scenario)).toBeGreaterThan(scenario.reports.length);
  });

  it('names only entities of reports before', () => {
    const known = new Map<string, string>();
    for (const report of scenario.reports) {
      expect(() => resolveReferences(report.body, known)).not.toThrow();
      for (const entity of report.body.entities as { id: string }[])
        known.set(`${report.ref}.${entity.id}`, `GB:${entity.id}`);
    }
    for (const operation of scenario.operations) expect(() => resolveReferences(operation.body, known)).not.toThrow();
  });

  it('shows every system, each record by a name of its own', () => {
    const refs = scenario.records.map(({ ref }) => ref);
    expect(new Set(refs).size).toBe(refs.length);
    for (const ref of refs) expect(ref).toMatch(/^DEMO-[A-Z0-9-]+$/);
    expect(new Set(scenario.records.map(({ path }) => path))).toContain('/v1/assistance');
  });

  it('says so when a reference leads nowhere', () => {
    expect(() => resolveReferences(['@DEMO-GB-999.p'], new Map())).toThrow('@DEMO-GB-999.p');
  });
});
