import { Module } from '@nestjs/common';
import { ConsultationModule } from '../consultation/consultation.module.ts';
import { Reading } from './reading.ts';

/** Needs DATABASE and READ_GATE, which the app's composition provides globally. */
@Module({ imports: [ConsultationModule], providers: [Reading], exports: [Reading] })
export class ReadingModule {}
