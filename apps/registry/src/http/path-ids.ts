import { isMemberCode, isUuid, NotFound } from '#contracts';

// Called when the body has been checked: a refusal comes in the order 400, 404.

/** A member's code in a path: what can be none isn't there, and never reaches the store. */
export function memberCodeIn(path: string): string {
  if (!isMemberCode(path)) throw new NotFound();
  return path;
}

/** An agreement's id in a path, likewise. */
export function agreementIdIn(path: string): string {
  if (!isUuid(path)) throw new NotFound();
  return path;
}

/** The number of an amendment in a path, likewise. */
export function revisionIn(path: string): number {
  if (!/^[1-9]\d{0,8}$/.test(path)) throw new NotFound();
  return Number(path);
}
