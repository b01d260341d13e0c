import { Module } from '@nestjs/common';
import { ReadingModule } from '../reading/reading.module.ts';
import { AlertsController } from './alerts.controller.ts';
import { Checks } from './checks.ts';
import { ChecksController } from './checks.controller.ts';

@Module({ imports: [ReadingModule], controllers: [AlertsController, ChecksController], providers: [Checks] })
export class DocumentsModule {}
