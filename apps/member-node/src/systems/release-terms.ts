import type { Shield, SystemReleaseBody } from '#contracts';
import type { Asking } from '../records/records.ts';
import type { TaskForce } from '../task-force/task-force.ts';
import type { Making, System } from './declaration.ts';
import type { Terms } from './state.ts';

/** A release as asked for, its audience resolved. Throws RuleBroken for one that names who is no member. */
export const termsOf = (
  { audience, purposes, notBefore }: SystemReleaseBody,
  taskForce: TaskForce,
  path: string,
): Terms => ({ audience: taskForce.resolve(audience, path), purposes, notBefore: notBefore ?? null });

interface Of {
  system: System;
  /** The record's. */
  id: string;
}

type Known = Pick<Making, 'known' | 'claims'>;

/** Whom the people in it are to be kept from, and what they have claimed. */
export const knownBy = async ({ system, id }: Of, content: unknown, asking: Asking): Promise<Known> => {
  const touches = system.touches?.(content, { id }) ?? [];
  if (touches.length === 0) return { known: [], claims: [] };
  const knowledge = await asking.know(touches);
  return { known: knowledge.shieldOf(touches), claims: knowledge.claimsOf(touches) };
};

/** Whom the people in it are to be kept from. */
export const shieldBy = async (of: Of, content: unknown, asking: Asking): Promise<Shield> =>
  (await knownBy(of, content, asking)).known;
