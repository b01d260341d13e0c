import { Forbidden, Unauthenticated, type Role } from '#contracts';
import type { MemberPrincipal, Principal } from './principal.ts';

/** The roles that a route asks for; a route that names none lets nobody in. */
export interface RoleRules {
  /** At least one of them. */
  any?: readonly Role[] | undefined;
  all?: readonly Role[] | undefined;
}

/** The request's bearer token. Throws Unauthenticated where there is none. */
export const bearerOf = ({ authorization = '' }: { authorization?: string | undefined }): string => {
  const token = /^Bearer (\S+)$/i.exec(authorization)?.[1];
  if (token === undefined) throw new Unauthenticated('A bearer token is needed.');
  return token;
};

/** Throws Forbidden where the principal lacks a role. */
export const requireRoles = ({ roles }: Principal, { any, all }: RoleRules): void => {
  if (!any && !all) throw new Forbidden('No role may use this.');
  if (any && !any.some((role) => roles.includes(role))) throw new Forbidden(`This needs the role ${any.join(' or ')}.`);
  if (all && !all.every((role) => roles.includes(role)))
    throw new Forbidden(`This needs the roles ${all.join(' and ')}.`);
};

/** The caller as one that speaks for a member. Throws Forbidden for the operator. */
export const asMember = (principal: Principal): MemberPrincipal => {
  if (principal.member === null) throw new Forbidden('This is for members, not for the operator.');
  return principal as MemberPrincipal;
};
