import { uuidv8 } from '#contracts';

/** The id of the hit of two profiles: the same from both sides, and in every rebuild. */
export const hitId = (one: string, other: string): string => uuidv8('dna-hit', ...[one, other].sort());
