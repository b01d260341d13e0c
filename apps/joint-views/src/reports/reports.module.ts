import { Module } from '@nestjs/common';
import { ReadingModule } from '../reading/reading.module.ts';
import { ReportsController } from './reports.controller.ts';

@Module({ imports: [ReadingModule], controllers: [ReportsController] })
export class ReportsModule {}
