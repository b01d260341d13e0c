import { Module } from '@nestjs/common';
import { ReadingModule } from '../reading/reading.module.ts';
import { AssistanceController } from './assistance.controller.ts';

@Module({ imports: [ReadingModule], controllers: [AssistanceController] })
export class AssistanceModule {}
