import { Module } from '@nestjs/common';
import { ReadingModule } from '../reading/reading.module.ts';
import { NoticesController } from './notices.controller.ts';

@Module({ imports: [ReadingModule], controllers: [NoticesController] })
export class NoticesModule {}
