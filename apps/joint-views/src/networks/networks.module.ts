import { Module } from '@nestjs/common';
import { ReadingModule } from '../reading/reading.module.ts';
import { NetworksController } from './networks.controller.ts';

@Module({ imports: [ReadingModule], controllers: [NetworksController] })
export class NetworksModule {}
