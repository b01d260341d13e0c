import type { Format } from './format.ts';
import { frontex } from './frontex.ts';
import { nistStr } from './nist-str.ts';
import { reports } from './reports.ts';
import { ukSanctions } from './uk-sanctions.ts';
import { ukSmallBoats } from './uk-small-boats.ts';
import { ukSmallBoatsWeekly } from './uk-small-boats-weekly.ts';

export type { Format, Mapped, Release } from './format.ts';

/** What `accord import` reads. */
export const FORMATS: readonly Format[] = [reports, ukSanctions, nistStr, ukSmallBoats, ukSmallBoatsWeekly, frontex];

/** Throws where there is no such format; the CLI has checked its choices before. */
export const formatNamed = (name: string): Format => {
  const found = FORMATS.find((format) => format.name === name);
  if (!found) throw new Error(`There is no format ${name}.`);
  return found;
};
