import { Module } from '@nestjs/common';
import { ReadingModule } from '../reading/reading.module.ts';
import { PermissionsController } from './permissions.controller.ts';

@Module({ imports: [ReadingModule], controllers: [PermissionsController] })
export class PermissionsModule {}
