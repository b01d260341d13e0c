import { livesAssistance } from './assistance.ts';
import { livesCrossings } from './crossings.ts';
import { livesAHit } from './dna.ts';
import { livesADocument } from './documents.ts';
import { livesHubs } from './hubs.ts';
import type { Life } from './life.ts';
import { livesOperations } from './operations.ts';
import { livesAReEntry } from './re-entry.ts';
import { livesAReport } from './reports.ts';
import { livesResults } from './results.ts';
import { livesAReturn } from './returns.ts';
import { livesTheTaskForce } from './task-force.ts';

/** The life of every system, between two members' nodes, one a line. */
const LIVES: readonly ((life: Life) => void)[] = [
  livesAReport,
  livesOperations,
  livesAReturn,
  livesHubs,
  livesAReEntry,
  livesAssistance,
  livesAHit,
  livesADocument,
  livesCrossings,
  livesResults,
  // Last, because what it leaves when it fails would be in every other's way.
  livesTheTaskForce,
];

export const livesEverything = (life: Life): void => LIVES.forEach((live) => live(life));
