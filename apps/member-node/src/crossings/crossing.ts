import { CrossingBody, type CrossingContent } from '#contracts';
import { defineSystem } from '../systems/system.ts';
import { countOf, identityOf } from './crossing.decide.ts';

/** Counts of crossings: one per day or period, kind and route. Another count of the same is a correction. */
export const crossings = defineSystem<CrossingContent, CrossingBody>({
  kind: 'crossing',
  path: 'crossings',
  category: 'crossing',
  body: CrossingBody,
  happened: ['date', 'period'],
  summary: 'Report how many crossed, or correct what was reported of the same day or period, kind and route',
  released: 'accord.crossings.crossing-reported.v1',
  content: countOf,
  identity: identityOf,
  batch: true,
  amends: { fact: 'corrected', event: 'accord.crossings.crossing-corrected.v1' },
  transitions: [],
});
