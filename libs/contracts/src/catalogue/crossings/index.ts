import { defineEvent } from '../definition.ts';
import { CrossingContent } from './contents.ts';

export * from './contents.ts';

/** A count of crossings: to others also when it is released to others than before. */
export const crossingReported = defineEvent({
  type: 'accord.crossings.crossing-reported.v1',
  carries: 'sealed',
  schema: CrossingContent,
  example: { kind: 'provisional', date: '2026-05-15', migrants: 120, boats: 2 },
});

/** The same count now says this. */
export const crossingCorrected = defineEvent({
  type: 'accord.crossings.crossing-corrected.v1',
  carries: 'sealed',
  schema: CrossingContent,
  example: {
    kind: 'reconciled',
    period: '2026-04',
    route: 'Channel',
    migrants: 310,
    boats: 6,
    nationalities: [
      { country: 'al', count: 120 },
      { country: 'xk', count: 40 },
    ],
  },
});
