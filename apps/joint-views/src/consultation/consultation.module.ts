import { Module } from '@nestjs/common';
import { ConsultationLog } from './consultation-log.ts';

@Module({ providers: [ConsultationLog], exports: [ConsultationLog] })
export class ConsultationModule {}
