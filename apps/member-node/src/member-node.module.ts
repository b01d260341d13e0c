import { Module, type DynamicModule, type Provider } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import type { EventStore } from '#event-store';
import { openSqlEventStore } from '#event-store/postgres';
import type { Relay } from '#exchange';
import { PlatformModule, type PlatformOptions } from '#platform';
import type { Database } from '#sql';
import { AuditModule } from './audit/audit.module.ts';
import { Consultations } from './audit/consultations.ts';
import type { Trail } from './audit/trail.ts';
import type { Witness } from './audit/witness.ts';
import type { Backfills } from './backfills/backfills.ts';
import type { Conformance } from './conformance/conformance.ts';
import { ConformanceModule } from './conformance/conformance.module.ts';
import { BackfillsModule } from './backfills/backfills.module.ts';
import { NODE_MODULES } from './modules.ts';
import { NODE, type NodeIdentity } from './node.ts';
import { Idempotency } from './records/idempotency.ts';
import { ListQueries } from './records/list-queries.ts';
import { OwnReading } from './records/own-reading.service.ts';
import type { Rails } from './records/rails.ts';
import { Records } from './records/records.ts';
import { RecordWriter } from './records/writer.ts';
import { RELAY, StatusController } from './status/status.controller.ts';
import { TaskForce } from './task-force/task-force.ts';

export interface MemberNodeModuleOptions {
  identity: NodeIdentity;
  rails: Rails;
  taskForce: TaskForce;
  relay: Relay;
  backfills: Backfills;
  conformance: Conformance;
  audit: { trail: Trail; witness: Witness; consultations: Consultations };
  platform: PlatformOptions;
}

/** The member's own events, where nothing else is chosen: beside the node's lists. */
export const openOwnStore = (db: Database, schema: string): Promise<EventStore> => openSqlEventStore({ db, schema });

/** What every system's commands and queries may ask for. */
@Module({})
class RailsModule {
  static register({ identity, rails, taskForce, relay, audit }: MemberNodeModuleOptions): DynamicModule {
    const providers: Provider[] = [
      { provide: NODE, useValue: identity },
      { provide: Records, useValue: rails.records },
      { provide: RecordWriter, useValue: rails.writer },
      { provide: ListQueries, useValue: rails.queries },
      { provide: Idempotency, useValue: rails.idempotency },
      { provide: TaskForce, useValue: taskForce },
      { provide: RELAY, useValue: relay },
      { provide: Consultations, useValue: audit.consultations },
      OwnReading,
    ];
    const shared = [NODE, Records, RecordWriter, ListQueries, Idempotency, TaskForce, RELAY, OwnReading];
    return { module: RailsModule, global: true, providers, exports: shared };
  }
}

/** A member's node. */
@Module({})
export class MemberNodeModule {
  static register(options: MemberNodeModuleOptions): DynamicModule {
    return {
      module: MemberNodeModule,
      imports: [
        CqrsModule.forRoot(),
        PlatformModule.register(options.platform),
        RailsModule.register(options),
        BackfillsModule.register(options.backfills),
        ConformanceModule.register(options.conformance),
        AuditModule.register(options.audit),
        ...NODE_MODULES.map(({ nest }) => nest),
      ],
      controllers: [StatusController],
    };
  }
}
