import { Module } from '@nestjs/common';
import { ReadingModule } from '../reading/reading.module.ts';
import { ChangesController } from './changes.controller.ts';

@Module({ imports: [ReadingModule], controllers: [ChangesController] })
export class ChangesModule {}
