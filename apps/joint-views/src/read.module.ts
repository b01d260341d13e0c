import { Module, type DynamicModule } from '@nestjs/common';
import type { Database } from '#sql';
import { AssistanceModule } from './assistance/assistance.module.ts';
import { AuditModule } from './audit/audit.module.ts';
import { ChangesModule } from './changes/changes.module.ts';
import { DnaModule } from './dna/dna.module.ts';
import type { MemberThresholds } from './dna/thresholds.ts';
import { DocumentsModule } from './documents/documents.module.ts';
import { CrossingsModule } from './crossings/crossings.module.ts';
import { ExplainModule } from './explain/explain.module.ts';
import { NetworksModule } from './networks/networks.module.ts';
import { NoticesModule } from './notices/notices.module.ts';
import { OnboardingModule } from './onboarding/onboarding.module.ts';
import { OperationsModule } from './operations/operations.module.ts';
import { PermissionsModule } from './permissions/permissions.module.ts';
import { ReceiptsModule } from './receipts/receipts.module.ts';
import { ResultsModule } from './results/results.module.ts';
import { ReportsModule } from './reports/reports.module.ts';
import { DATABASE, DNA_THRESHOLDS, READ_GATE, type ReadGate } from './tokens.ts';
import { ReturnsModule } from './returns/returns.module.ts';

/** Every view's endpoints. A new view is one line here. */
const VIEWS = [
  ReportsModule,
  NetworksModule,
  OperationsModule,
  DocumentsModule,
  CrossingsModule,
  NoticesModule,
  PermissionsModule,
  AssistanceModule,
  ReturnsModule,
  ResultsModule,
  ExplainModule,
  AuditModule,
  ReceiptsModule,
  ChangesModule,
  OnboardingModule,
  DnaModule,
];

/** The side of the joint views that answers. Needs PlatformModule beside it. */
@Module({})
export class ReadModule {
  static register(options: { db: Database; gate: ReadGate; dnaThresholds?: MemberThresholds }): DynamicModule {
    return {
      module: ReadModule,
      global: true,
      imports: VIEWS,
      providers: [
        { provide: DATABASE, useValue: options.db },
        { provide: READ_GATE, useValue: options.gate },
        { provide: DNA_THRESHOLDS, useValue: options.dnaThresholds ?? {} },
      ],
      exports: [DATABASE, READ_GATE, DNA_THRESHOLDS],
    };
  }
}
