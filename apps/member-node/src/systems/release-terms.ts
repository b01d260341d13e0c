import type { Shield, SystemReleaseBody } from '#contracts';
import type { Asking } from '../records/records.ts';
import type { TaskForce } from '../task-force/task-force.ts';
import type { System } from './declaration.ts';
import type { Terms } from './state.ts';

/** A release as asked for, its audience resolved. Throws RuleBroken for one that names who is no member. */
export const termsOf = (
  { audience, purposes, notBefore }: SystemReleaseBody,
  taskForce: TaskForce,
  path: string,
): Terms => ({ audience: taskForce.resolve(audience, path), purposes, notBefore: notBefore ?? null });

/** Whom the people in it are to be kept from. */
export const shieldBy = async (system: System, content: unknown, asking: Asking): Promise<Shield> => {
  const touches = system.touches?.(content) ?? [];
  return touches.length === 0 ? [] : (await asking.know(touches)).shieldOf(touches);
};
