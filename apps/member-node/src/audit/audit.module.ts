import { Module, type DynamicModule } from '@nestjs/common';
import { AuditController } from './audit.controller.ts';
import { Trail } from './trail.ts';
import { Witness } from './witness.ts';

/** Who did what with the member's own records, and what the node keeps of the joint views' log. */
@Module({})
export class AuditModule {
  static register({ trail, witness }: { trail: Trail; witness: Witness }): DynamicModule {
    return {
      module: AuditModule,
      controllers: [AuditController],
      providers: [
        { provide: Trail, useValue: trail },
        { provide: Witness, useValue: witness },
      ],
    };
  }
}
