import { Module, type Type } from '@nestjs/common';
import type { RecordModule } from '../records/record-module.ts';
import type { System } from './declaration.ts';
import { MoveRecordHandler } from './move-record.handler.ts';
import { SubmitRecordHandler } from './submit-record.handler.ts';
import { systemControllers } from './system.controllers.ts';

/** A part of what a member's node serves: its part of the HTTP interface, and its kinds of records. */
export interface NodeModule {
  nest: Type;
  kinds: readonly RecordModule[];
}

/** What the commands of all systems run on. Listed once. */
@Module({ providers: [SubmitRecordHandler, MoveRecordHandler] })
class SystemsModule {}
export const systems: NodeModule = { nest: SystemsModule, kinds: [] };

/** The systems of one folder. */
export const systemModule = (...declared: readonly System[]): NodeModule => {
  @Module({ controllers: declared.flatMap(systemControllers) })
  class SystemModule {}
  return { nest: SystemModule, kinds: declared.map(({ record }) => record) };
};
