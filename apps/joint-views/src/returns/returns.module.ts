import { Module } from '@nestjs/common';
import { ReadingModule } from '../reading/reading.module.ts';
import { EncountersController } from './encounters.controller.ts';
import { ReturnFiguresController } from './figures.controller.ts';
import { HubTalksController } from './hub-talks.controller.ts';
import { ReturnsController } from './returns.controller.ts';

// The figures first: their paths would read as a return's id.
@Module({
  imports: [ReadingModule],
  controllers: [ReturnFiguresController, ReturnsController, EncountersController, HubTalksController],
})
export class ReturnsModule {}
