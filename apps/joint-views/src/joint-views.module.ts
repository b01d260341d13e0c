import { Module, type DynamicModule } from '@nestjs/common';
import type { Exchange } from '#exchange';
import { PlatformModule, type Clock, type Logger, type Metrics } from '#platform';
import type { Database } from '#sql';
import { DisclosuresModule } from './disclosures/disclosures.module.ts';
import type { IntakeSide } from './intake/create-intake.ts';
import { IntakeModule } from './intake/intake.module.ts';
import type { MemberThresholds } from './dna/thresholds.ts';
import { ReadModule } from './read.module.ts';

export interface JointViewsWiring {
  side: IntakeSide;
  db: Database;
  exchange: Exchange;
  clock: Clock;
  logger: Logger;
  metrics: Metrics;
  requestsPerMinute: number | undefined;
  dnaThresholds: MemberThresholds | undefined;
}

/** The shared projection service: both of its sides. */
@Module({})
export class JointViewsModule {
  static register({ side, db, exchange, dnaThresholds, ...wiring }: JointViewsWiring): DynamicModule {
    return {
      module: JointViewsModule,
      imports: [
        PlatformModule.register({ name: 'joint-views', issuers: side.issuers, ...wiring }),
        ReadModule.register({ db, gate: side.gate, ...(dnaThresholds && { dnaThresholds }) }),
        DisclosuresModule.register(side.histories, exchange),
        IntakeModule.register(side, { exchange, clock: wiring.clock }),
      ],
    };
  }
}
