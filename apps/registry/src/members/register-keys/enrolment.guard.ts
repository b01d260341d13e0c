import { Inject, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Forbidden, isMemberCode, Unauthenticated } from '#contracts';
import { TokenVerifier, type Principal } from '#platform';
import type { Aggregates } from '../../aggregate/aggregate.ts';
import { MEMBER_AGGREGATES } from '../../tokens.ts';
import { EnrolmentTokens } from '../enrolment-tokens.ts';
import type { Member, MemberEvent } from '../member.ts';

/** The user that a newcomer's first words are by: it has no issuer yet. */
export const ENROLMENT = 'enrolment';

interface Request {
  headers: { authorization?: string };
  params: { code?: string };
  principal?: Principal;
}

/** Lets in the holder of a member's enrolment token, or an admin by its token. */
@Injectable()
export class EnrolmentGuard implements CanActivate {
  constructor(
    @Inject(TokenVerifier) private readonly verifier: TokenVerifier,
    @Inject(EnrolmentTokens) private readonly enrolment: EnrolmentTokens,
    @Inject(MEMBER_AGGREGATES) private readonly members: Aggregates<Member, MemberEvent>,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<Request>();
    const token = /^Bearer (\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
    if (!token) throw new Unauthenticated('An enrolment token or an admin’s token is needed.');
    request.principal = token.startsWith('enrol_')
      ? await this.newcomer(token, request.params.code ?? '')
      : await this.admin(token);
    return true;
  }

  private async newcomer(token: string, code: string): Promise<Principal> {
    const { events } = isMemberCode(code) ? await this.members.load(`member-${code}`) : { events: [] };
    if (!this.enrolment.matches(token, events)) throw new Unauthenticated('The enrolment token is not of this member.');
    return { member: code, user: ENROLMENT, roles: ['admin'], clearance: 'OFFICIAL' };
  }

  private async admin(token: string): Promise<Principal> {
    const principal = await this.verifier.verify(token);
    if (!principal.roles.includes('admin')) throw new Forbidden('This needs the role admin.');
    return principal;
  }
}
