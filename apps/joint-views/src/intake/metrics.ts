import { Gauge, Registry } from 'prom-client';
import type { IntakeSide } from './create-intake.ts';
import type { SourceStatus, Status } from './status.ts';

const PER_SOURCE: Record<string, { help: string; value: (status: SourceStatus) => number }> = {
  sequence: { help: 'The last sequence on the exchange', value: ({ sequence }) => sequence },
  applied: { help: 'The last sequence that is applied', value: ({ applied }) => applied },
  lag_seconds: { help: 'Age of the oldest event that waits', value: ({ lagSeconds }) => lagSeconds },
  gaps: { help: 'Missing runs of sequences', value: ({ gaps }) => gaps.length },
  quarantined: { help: '1 where the source is quarantined', value: ({ quarantined }) => Number(quarantined) },
};

/** What the operator's dashboards watch: how far each source is, and what has gone wrong. */
export class IntakeMetrics {
  static readonly needs = [Registry];
  static factory = (side: IntakeSide) => (registry: Registry) => new IntakeMetrics(registry, side);
  #looking: Promise<Status> | undefined;

  constructor(
    registry: Registry,
    private readonly side: IntakeSide,
  ) {
    const look = () => this.#look();
    for (const [name, { help, value }] of Object.entries(PER_SOURCE)) {
      new Gauge({
        name: `accord_views_${name}`,
        help,
        labelNames: ['source'],
        registers: [registry],
        async collect() {
          for (const one of (await look()).sources) this.set({ source: one.source }, value(one));
        },
      });
    }
    new Gauge({
      name: 'accord_views_registry_age_seconds',
      help: 'Since the registry was last known to be current',
      registers: [registry],
      async collect() {
        this.set((await look()).registry.ageSeconds);
      },
    });
  }

  /** All numbers are collected at once, from one look. */
  #look(): Promise<Status> {
    this.#looking ??= this.side.status.read(null).finally(() => (this.#looking = undefined));
    return this.#looking;
  }
}
