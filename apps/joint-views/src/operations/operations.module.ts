import { Module } from '@nestjs/common';
import { ReadingModule } from '../reading/reading.module.ts';
import { OperationsController } from './operations.controller.ts';

@Module({ imports: [ReadingModule], controllers: [OperationsController] })
export class OperationsModule {}
