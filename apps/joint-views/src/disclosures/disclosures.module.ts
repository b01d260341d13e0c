import { Module, type DynamicModule } from '@nestjs/common';
import type { Exchange } from '#exchange';
import { EvidenceController, EXCHANGE } from '../audit/evidence.controller.ts';
import { ReadingModule } from '../reading/reading.module.ts';
import { DisclosuresController } from './disclosures.controller.ts';
import { Histories } from './histories.ts';

/** What the exchange tells of the past, for those whose past it is. Needs ReadModule beside it. */
@Module({})
export class DisclosuresModule {
  static register(histories: Histories, exchange: Exchange): DynamicModule {
    return {
      module: DisclosuresModule,
      imports: [ReadingModule],
      controllers: [DisclosuresController, EvidenceController],
      providers: [
        { provide: Histories, useValue: histories },
        { provide: EXCHANGE, useValue: exchange },
      ],
    };
  }
}
