import { defineEvent } from '../definition.ts';
import { exampleReport, ReportContent } from './report-content.ts';

/** A report or a tear line was released, for the first time or to others. */
export const reportReleased = defineEvent({
  type: 'accord.intelligence.report-released.v1',
  carries: 'sealed',
  schema: ReportContent,
  example: exampleReport,
});
