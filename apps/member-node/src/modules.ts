import { assistance } from './assistance/assistance.ts';
import { IntelligenceModule } from './intelligence/intelligence.module.ts';
import { reports } from './intelligence/report.record.ts';
import { claims } from './operations/claim.ts';
import { contributions } from './operations/contribution.ts';
import { operations } from './operations/operation.record.ts';
import { OperationsModule } from './operations/operations.module.ts';
import { ReviewsModule } from './reviews/reviews.module.ts';
import { systemModule, systems, type NodeModule } from './systems/system-module.ts';
import { words } from './words/word.ts';
import { WordsModule } from './words/words.module.ts';

/** Every system that a member's node serves, one a line. */
export const NODE_MODULES: readonly NodeModule[] = [
  { nest: IntelligenceModule, kinds: [reports] },
  { nest: OperationsModule, kinds: [operations, contributions, claims] },
  { nest: WordsModule, kinds: [words] },
  { nest: ReviewsModule, kinds: [] },
  systems,
  systemModule(assistance),
];
