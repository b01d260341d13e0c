import { Gauge, Registry } from 'prom-client';
import type { IntakeSide } from './create-intake.ts';

const LABELS = ['source'] as const;

/** What the operator's dashboards watch: how far each source is, and what has gone wrong. */
export class IntakeMetrics {
  static readonly needs = [Registry];
  static factory = (side: IntakeSide) => (registry: Registry) => new IntakeMetrics(registry, side);

  constructor(registry: Registry, side: IntakeSide) {
    const gauge = (name: string, help: string) =>
      new Gauge({ name: `accord_views_${name}`, help, labelNames: LABELS, registers: [registry] });
    const sequence = gauge('sequence', 'The last sequence on the exchange');
    const applied = gauge('applied', 'The last sequence that is applied');
    const lag = gauge('lag_seconds', 'Age of the oldest event that waits');
    const gaps = gauge('gaps', 'Missing runs of sequences');
    const quarantined = gauge('quarantined', '1 where the source is quarantined');
    new Gauge({
      name: 'accord_views_registry_age_seconds',
      help: 'Since the registry was last known to be current',
      registers: [registry],
      // Collected together: one look for all of them.
      async collect() {
        const status = await side.status.read(null);
        this.set(status.registry.ageSeconds);
        for (const one of status.sources) {
          sequence.set({ source: one.source }, one.sequence);
          applied.set({ source: one.source }, one.applied);
          lag.set({ source: one.source }, one.lagSeconds);
          gaps.set({ source: one.source }, one.gaps.length);
          quarantined.set({ source: one.source }, one.quarantined ? 1 : 0);
        }
      },
    });
  }
}
