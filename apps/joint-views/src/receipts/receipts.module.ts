import { Module } from '@nestjs/common';
import { ReadingModule } from '../reading/reading.module.ts';
import { ReceiptsController } from './receipts.controller.ts';

@Module({ imports: [ReadingModule], controllers: [ReceiptsController] })
export class ReceiptsModule {}
