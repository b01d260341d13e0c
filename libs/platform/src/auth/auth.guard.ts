import {
  createParamDecorator,
  Inject,
  Injectable,
  SetMetadata,
  type CanActivate,
  type ExecutionContext,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { Unauthenticated, type Role } from '#contracts';
import type { MemberPrincipal, Principal } from './principal.ts';
import { asMember, bearerOf, requireRoles, type RoleRules } from './rules.ts';
import { TokenVerifier } from './token-verifier.ts';

const ROLES_KEY = 'accord:roles';
const ALL_ROLES_KEY = 'accord:all-roles';
const PUBLIC_KEY = 'accord:public';

/** The caller needs at least one of these roles. */
export const Roles = (...roles: Role[]) => SetMetadata(ROLES_KEY, roles);
/** The caller needs all of these roles. */
export const AllRoles = (...roles: Role[]) => SetMetadata(ALL_ROLES_KEY, roles);
/** No token is asked here: the route authenticates otherwise, or tells nothing. */
export const Public = () => SetMetadata(PUBLIC_KEY, true);

interface WithPrincipal {
  headers: { authorization?: string };
  principal?: Principal;
}

/** The verified caller of the request. */
export const Caller = createParamDecorator((_: unknown, context: ExecutionContext): Principal =>
  principalOf(context.switchToHttp().getRequest<WithPrincipal>()),
);

/** The verified caller, which speaks for a member: the operator is refused (403). */
export const MemberCaller = createParamDecorator((_: unknown, context: ExecutionContext): MemberPrincipal => {
  return asMember(principalOf(context.switchToHttp().getRequest<WithPrincipal>()));
});

const principalOf = (request: WithPrincipal): Principal => {
  if (!request.principal) throw new Unauthenticated('A bearer token is needed.');
  return request.principal;
};

/** Authentication everywhere; a route that names no role lets nobody in. */
@Injectable()
export class AuthGuard implements CanActivate {
  constructor(
    @Inject(TokenVerifier) private readonly verifier: TokenVerifier,
    @Inject(Reflector) private readonly reflector: Reflector,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const targets = [context.getHandler(), context.getClass()];
    if (this.reflector.getAllAndOverride<boolean>(PUBLIC_KEY, targets)) return true;
    const request = context.switchToHttp().getRequest<WithPrincipal>();
    const principal = await this.verifier.verify(bearerOf(request.headers));
    request.principal = principal;
    const any = this.reflector.getAllAndOverride<Role[]>(ROLES_KEY, targets);
    const all = this.reflector.getAllAndOverride<Role[]>(ALL_ROLES_KEY, targets);
    requireRoles(principal, { any, all });
    return true;
  }
}

/** What a route's own decorators ask for, and nothing that its class does. */
export const ownRulesOf = (handler: object): RoleRules => ({
  any: Reflect.getMetadata(ROLES_KEY, handler) as Role[] | undefined,
  all: Reflect.getMetadata(ALL_ROLES_KEY, handler) as Role[] | undefined,
});
