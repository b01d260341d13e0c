import { Module, type DynamicModule } from '@nestjs/common';
import { ReadingModule } from '../reading/reading.module.ts';
import { DisclosuresController } from './disclosures.controller.ts';
import { Histories } from './histories.ts';

/** What the events tell of the past. Needs ReadModule beside it. */
@Module({})
export class DisclosuresModule {
  static register(histories: Histories): DynamicModule {
    return {
      module: DisclosuresModule,
      imports: [ReadingModule],
      controllers: [DisclosuresController],
      providers: [{ provide: Histories, useValue: histories }],
    };
  }
}
