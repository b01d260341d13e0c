import { Module, type DynamicModule } from '@nestjs/common';
import { BackfillsController } from './backfills.controller.ts';
import { Backfills } from './backfills.ts';

/** What a new member is let see of what was released before it joined. */
@Module({})
export class BackfillsModule {
  static register(backfills: Backfills): DynamicModule {
    return {
      module: BackfillsModule,
      controllers: [BackfillsController],
      providers: [{ provide: Backfills, useValue: backfills }],
    };
  }
}
