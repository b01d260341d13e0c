import { Module } from '@nestjs/common';
import { ReadingModule } from '../reading/reading.module.ts';
import { ResultsController } from './results.controller.ts';

@Module({ imports: [ReadingModule], controllers: [ResultsController] })
export class ResultsModule {}
