import { Module } from '@nestjs/common';
import { ReadingModule } from '../reading/reading.module.ts';
import { ExplainController } from './explain.controller.ts';

@Module({ imports: [ReadingModule], controllers: [ExplainController] })
export class ExplainModule {}
