import { request } from '../cli/client.ts';
import type { Progress } from '../cli/progress.ts';
import type { Endpoints } from '../home/home.ts';
import {
  resolveReferences,
  type Scenario,
  type ScenarioOperation,
  type ScenarioRecord,
  type ScenarioReport,
} from './scenario.ts';

/** Signs a token of a member with these roles. */
export type Tokens = (member: string, ...roles: string[]) => Promise<string>;

interface Created {
  id: string;
  entities?: Record<string, string>;
}

/**
 * Publishes the scenario as the members' officers would: over HTTP, at each member's own node. Every command carries an
 * idempotency key, so that a load that was interrupted can be run again and appends nothing twice.
 */
export class ScenarioLoader {
  /** Ids by how the scenario names them. */
  private readonly known = new Map<string, string>();
  private done = 0;

  constructor(
    private readonly endpoints: Endpoints,
    private readonly tokens: Tokens,
    private readonly shown: Progress,
  ) {}

  async load(scenario: Scenario): Promise<void> {
    for (const report of scenario.reports) await this.report(report);
    for (const operation of scenario.operations) await this.operation(operation);
    for (const record of scenario.records) await this.record(record);
  }

  private async report(report: ScenarioReport): Promise<void> {
    const body = {
      ...resolveReferences(report.body, this.known),
      ...(report.release ? { release: report.release } : {}),
    };
    const created = await this.command(report.originator, '/v1/reports', body, report.ref);
    for (const [local, global] of Object.entries(created.entities ?? {}))
      this.known.set(`${report.ref}.${local}`, global);
    if (report.recall !== undefined) {
      await this.command(
        report.originator,
        `/v1/reports/${created.id}/recall`,
        { reason: report.recall },
        `${report.ref}-recall`,
      );
    }
  }

  private async operation(operation: ScenarioOperation): Promise<void> {
    const created = await this.command(
      operation.lead,
      '/v1/operations',
      resolveReferences(operation.body, this.known),
      operation.ref,
    );
    for (const [i, step] of operation.steps.entries()) {
      await this.command(step.by, `/v1/operations/${created.id}/${step.do}`, step.body, `${operation.ref}-${i + 1}`);
    }
  }

  private async record({ ref, by, path, body, steps = [] }: ScenarioRecord): Promise<void> {
    const created = await this.command(by, path, resolveReferences(body, this.known), ref);
    this.note(ref, created);
    for (const [i, step] of steps.entries()) {
      const said = resolveReferences(step.body, this.known);
      this.note(
        ref,
        await this.command(step.by ?? by, `${path}/${created.id}/${step.do}`, said, `${ref}-${i + 1}`),
        created.id,
      );
    }
  }

  /** What later records may name of an answer about it. */
  private note(ref: string, answer: Created, id = answer.id): void {
    for (const [field, value] of Object.entries(answer)) {
      if (typeof value === 'string') this.known.set(`${ref}.${field}`, value);
    }
    this.known.set(ref, id);
  }

  private async command(member: string, path: string, body: object, key: string): Promise<Created> {
    const node = this.endpoints.nodes[member];
    if (node === undefined) throw new Error(`The scenario speaks for ${member}, which has no node here.`);
    const token = await this.tokens(member, 'publisher', 'supervisor');
    const answer = await request<Created>('POST', node + path, { token, body, headers: { 'idempotency-key': key } });
    this.shown.update((this.done += 1));
    return answer;
  }
}

/** How many commands a scenario takes. */
export const commandsOf = (scenario: Scenario): number =>
  scenario.reports.length +
  scenario.reports.filter((report) => report.recall !== undefined).length +
  scenario.operations.reduce((sum, operation) => sum + 1 + operation.steps.length, 0) +
  scenario.records.reduce((sum, { steps = [] }) => sum + 1 + steps.length, 0);
