import { defineEvent } from '../definition.ts';
import { exampleReport, ReportContent } from './report-content.ts';

/** A released report or tear line now says this. */
export const reportAmended = defineEvent({
  type: 'accord.intelligence.report-amended.v1',
  carries: 'sealed',
  schema: ReportContent,
  example: { ...exampleReport, title: 'Boats and engines bought for the Channel route' },
});
