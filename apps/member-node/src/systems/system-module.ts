import { Module, type Type } from '@nestjs/common';
import { ContributeHandler } from '../contributions/contribute.handler.ts';
import { contributions } from '../contributions/contribution.ts';
import { deedController } from '../contributions/deed.controller.ts';
import type { Deed } from '../contributions/deed.ts';
import { EndContributionController } from '../contributions/end-contribution.controller.ts';
import { EndContributionHandler } from '../contributions/end-contribution.handler.ts';
import { ReadContributionsController } from '../contributions/read-contributions.controller.ts';
import type { RecordModule } from '../records/record-module.ts';
import { GiveWordHandler } from '../words/give-word.handler.ts';
import { sayingController } from '../words/saying.controller.ts';
import type { Saying } from '../words/saying.ts';
import { words } from '../words/word.ts';
import type { System } from './declaration.ts';
import { MoveRecordHandler } from './move-record.handler.ts';
import { SubmitRecordHandler } from './submit-record.handler.ts';
import { systemControllers } from './system.controllers.ts';

/** A part of what a member's node serves: its part of the HTTP interface, and its kinds of records. */
export interface NodeModule {
  nest: Type;
  kinds: readonly RecordModule[];
}

/** What systems, deeds and sayings of all folders run on. Listed once. */
@Module({
  controllers: [EndContributionController, ReadContributionsController],
  providers: [SubmitRecordHandler, MoveRecordHandler, ContributeHandler, EndContributionHandler, GiveWordHandler],
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
