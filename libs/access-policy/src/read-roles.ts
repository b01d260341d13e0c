import type { Role } from '#contracts';

/**
 * Which roles may use which reads of the joint views; one of them is enough, and none implies another (ACCESS.md,
 * "Words"). Only `records` is a matter of the access rule: `decide` and its step 10. The others say what was done with
 * a record, never what it holds, and judge by other rules.
 */
export const READ_ROLES = {
  /** Reports, subjects, networks, operations: everything that holds something of a record. */
  records: ['analyst'],
  /** What the viewer's member was told. */
  notices: ['analyst', 'supervisor'],
  /** Why a record of the own member is or isn't seen. */
  explain: ['analyst', 'supervisor', 'auditor'],
  /** Who saw a record of the own member; an auditor: what the own users read. */
  audit: ['analyst', 'supervisor', 'auditor'],
  /** What a newcomer would gain of the own member's records. */
  preview: ['admin'],
} as const satisfies Record<string, readonly Role[]>;

export type ReadRight = keyof typeof READ_ROLES;

/** Whether one of these roles has the right. */
export function mayRead(right: ReadRight, roles: readonly Role[]): boolean {
  const allowed: readonly Role[] = READ_ROLES[right];
  return roles.some((role) => allowed.includes(role));
}
