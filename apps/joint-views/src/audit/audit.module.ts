import { Module } from '@nestjs/common';
import { ReadingModule } from '../reading/reading.module.ts';
import { AuditController } from './audit.controller.ts';

@Module({ imports: [ReadingModule], controllers: [AuditController] })
export class AuditModule {}
