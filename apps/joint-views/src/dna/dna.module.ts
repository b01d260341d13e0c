import { Module } from '@nestjs/common';
import { ReadingModule } from '../reading/reading.module.ts';
import { HitsController } from './hits.controller.ts';

@Module({ imports: [ReadingModule], controllers: [HitsController] })
export class DnaModule {}
