import type { WordKind } from './dna.projection.ts';

/** A word on a hit that counts. */
export interface Word {
  record: string;
  originator: string;
  kind: WordKind;
  at: Date;
  detail: Record<string, unknown> | null;
}

export type HitState =
  'candidate' | 'confirmed' | 'dismissed' | 'data-requested' | 'data-sent' | 'data-refused' | 'overdue';

/** From confirmation and request to the answer: Council Framework Decision 2006/960/JHA's 48 hours, as the task force has it. */
const ANSWER_MS = 48 * 3_600_000;

export interface FollowUp {
  state: HitState;
  /** Where core data were asked for: when they are due. */
  due?: Date;
  /** The word that says what was sent, or why not. */
  answer?: Word;
}

/**
 * How far a hit is: from all that was said of it, in whatever order its two sources arrived. `now`: milliseconds since the
 * epoch.
 */
export function followUp(words: readonly Word[], now: number): FollowUp {
  const said = [...words].sort((a, b) => a.at.getTime() - b.at.getTime() || (a.record < b.record ? -1 : 1));
  const last = (...kinds: WordKind[]) => said.findLast(({ kind }) => kinds.includes(kind));
  const decision = last('confirmed', 'dismissed');
  if (decision?.kind !== 'confirmed') return { state: decision ? 'dismissed' : 'candidate' };
  const request = last('data-requested');
  if (!request) return { state: 'confirmed' };
  const due = new Date(Math.max(decision.at.getTime(), request.at.getTime()) + ANSWER_MS);
  const answer = last('data-sent', 'data-refused');
  if (answer) return { state: answer.kind as HitState, due, answer };
  return { state: now >= due.getTime() ? 'overdue' : 'data-requested', due };
}
