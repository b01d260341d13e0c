import { assistance } from './assistance.ts';
import { crossings } from './crossings.ts';
import { dna } from './dna.ts';
import { documents } from './documents.ts';
import { returns } from './returns.ts';
import type { SystemWorld } from './system-world.ts';

/** Every system's part in the generated worlds, one a line. */
export const SYSTEMS: readonly SystemWorld[] = [assistance, crossings, dna, returns, documents];
