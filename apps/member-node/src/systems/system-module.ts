import { Module, type Type } from '@nestjs/common';
import { ContributeHandler } from '../contributions/contribute.handler.ts';
import { contributions } from '../contributions/contribution.ts';
import { contributionItem } from '../contributions/contribution-item.ts';
import { deedController } from '../contributions/deed.controller.ts';
import type { Deed } from '../contributions/deed.ts';
import { endController, endControllers } from '../http/end.controllers.ts';
import { readController } from '../http/read.controller.ts';
import { EndRecordHandler } from '../records/end-record.handler.ts';
import type { RecordModule } from '../records/record-module.ts';
import { GiveWordHandler } from '../words/give-word.handler.ts';
import { sayingController } from '../words/saying.controller.ts';
import type { Saying } from '../words/saying.ts';
import { wordItem } from '../words/word-item.ts';
import { words } from '../words/word.ts';
import type { System } from './declaration.ts';
import { MoveRecordHandler } from './move-record.handler.ts';
import { SubmitRecordHandler } from './submit-record.handler.ts';
import { SubmitRecordsHandler } from './submit-records.handler.ts';
import { systemControllers } from './system.controllers.ts';

/** A part of what a member's node serves: its part of the HTTP interface, and its kinds of records. */
export interface NodeModule {
  nest: Type;
  kinds: readonly RecordModule[];
}

/** What systems, deeds and sayings of all folders run on. Listed once. */
@Module({
  controllers: [
    ...endControllers('contributions', contributions),
    readController('contributions', contributions, { item: contributionItem }),
    endController('words', words, 'erase'),
    readController('words', words, { item: wordItem }),
  ],
  providers: [
    ...[SubmitRecordHandler, SubmitRecordsHandler, MoveRecordHandler],
    ...[ContributeHandler, EndRecordHandler, GiveWordHandler],
  ],
})
class SystemsModule {}
export const systems: NodeModule = { nest: SystemsModule, kinds: [contributions, words] };

type Declared = System | Deed | Saying;

const controllersOf = (declared: Declared): Type[] => {
  if ('deed' in declared) return [deedController(declared)];
  return 'saying' in declared ? [sayingController(declared)] : systemControllers(declared);
};

/** What one folder declares: its systems, and what its member does in, or says of, what may be another's. */
export const systemModule = (...declared: readonly Declared[]): NodeModule => {
  @Module({ controllers: declared.flatMap(controllersOf) })
  class SystemModule {}
  return { nest: SystemModule, kinds: declared.flatMap((one) => ('record' in one ? [one.record] : [])) };
};
