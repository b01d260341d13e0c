import type { Type } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { ownRulesOf } from '../auth/auth.guard.ts';
import type { MemberPrincipal, Principal } from '../auth/principal.ts';
import { asMember, bearerOf, requireRoles, type RoleRules } from '../auth/rules.ts';
import { TokenVerifier } from '../auth/token-verifier.ts';
import { CLOCK, type Clock } from '../ops/clock.ts';
import type { Logger } from '../ops/logger.ts';
import { LOGGER } from '../platform.module.ts';
import { readCommandHeaders, type CommandHeaders } from './command-headers.ts';
import { readBody } from './json-body.pipe.ts';
import { sendFailure } from './problem.filter.ts';
import { RATE_LIMITS, refuse, type RateLimits } from './rate-limit.ts';

const DIRECT = 'accord:direct';

/** What a direct method is given. */
export interface DirectRequest {
  caller: MemberPrincipal;
  headers: CommandHeaders;
  /** JSON as it came: an object. */
  body: unknown;
}

export interface DirectAnswer {
  status: number;
  answer: object;
  /** Of what was created. */
  location?: string;
}

interface Place {
  controller: Type;
  method: string;
}

/**
 * Serves a command of a member without the framework's pipeline, which costs more than all the checks of a body do. Guard,
 * limit, headers, body and problems are the same, one after the other. The roles are the method's own; its path has no
 * parameters; its only argument is a DirectRequest, and it answers a DirectAnswer.
 */
export const Direct =
  () =>
  (target: object, method: string, descriptor: TypedPropertyDescriptor<DirectMethod>): void =>
    Reflect.defineMetadata(DIRECT, { controller: target.constructor, method }, descriptor.value!);

type DirectMethod = (request: DirectRequest) => Promise<DirectAnswer>;

/** Takes over the routes of direct methods as the framework adds them. */
export const serveDirectly = (app: NestFastifyApplication, fastify: FastifyInstance): void =>
  void fastify.addHook('onRoute', (route) => {
    const place = Reflect.getMetadata(DIRECT, route.handler) as Place | undefined;
    if (!place) return;
    const direct = new DirectRoute(app, place, ownRulesOf(route.handler));
    route.handler = (request, reply) => direct.serve(request, reply);
  });

class DirectRoute {
  private readonly verifier: TokenVerifier;
  private readonly limits: RateLimits;
  private readonly clock: Clock;
  private readonly logger: Logger;
  private readonly method: DirectMethod;

  constructor(
    app: NestFastifyApplication,
    { controller, method }: Place,
    private readonly rules: RoleRules,
  ) {
    const get = <T>(token: unknown): T => app.get<T>(token as Type<T>, { strict: false });
    this.verifier = get(TokenVerifier);
    this.limits = get(RATE_LIMITS);
    this.clock = get(CLOCK);
    this.logger = get(LOGGER);
    const instance = get<Record<string, DirectMethod>>(controller);
    this.method = (request) => instance[method]!(request);
  }

  serve(request: FastifyRequest, reply: FastifyReply): void {
    const fail = (error: unknown) => sendFailure(error, request, reply, this.logger);
    try {
      const token = bearerOf(request.headers);
      const known = this.verifier.known(token);
      const answered = known
        ? this.answer(known, token, request, reply)
        : this.verifier.verify(token).then((principal) => this.answer(principal, token, request, reply));
      answered.then((answer) => send(answer, reply)).catch(fail);
    } catch (error) {
      fail(error);
    }
  }

  private answer(
    principal: Principal,
    token: string,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<DirectAnswer> {
    requireRoles(principal, this.rules);
    const wait = this.limits.take(token, this.clock.now(), principal);
    if (wait > 0) refuse(wait, reply);
    const caller = asMember(principal);
    const headers = readCommandHeaders(request.headers);
    return this.method({ caller, headers, body: readBody(request.body) });
  }
}

const send = ({ status, answer, location }: DirectAnswer, reply: FastifyReply): void => {
  if (location !== undefined) void reply.header('location', location);
  void reply.status(status).send(answer);
};
