import { Module } from '@nestjs/common';
import { ReadingModule } from '../reading/reading.module.ts';
import { CrossingsController } from './crossings.controller.ts';

@Module({ imports: [ReadingModule], controllers: [CrossingsController] })
export class CrossingsModule {}
