import { Catch, HttpException, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { failureOf, Problem } from '#contracts';
import type { Logger } from '../ops/logger.ts';

const HTTP_CODES: Record<number, [code: string, title: string]> = {
  400: ['invalid-request', 'The request is not valid'],
  404: ['not-found', 'Not found'],
  405: ['method-not-allowed', 'The method is not allowed here'],
  413: ['too-large', 'The body is too large'],
  415: ['unsupported-media-type', 'The media type is not supported'],
  429: ['too-many-requests', 'Too many requests'],
};

const statusOf = (error: unknown): number => {
  if (error instanceof HttpException) return error.getStatus();
  const { statusCode } = error as { statusCode?: unknown };
  return typeof statusCode === 'number' ? statusCode : 500;
};

/** Anything thrown, as a Problem. What isn't one by design becomes a 500 that tells nothing of its cause. */
export const toProblem = (error: unknown): Problem => {
  if (error instanceof Problem) return error;
  const status = statusOf(error);
  const known = HTTP_CODES[status];
  if (known) return new Problem(known[0], status, known[1]);
  return new Problem('internal', 500, 'Something went wrong');
};

/** RFC 9457 members of a problem, with the request's trace id. */
export const problemBody = (problem: Problem, traceId: string): object => ({
  type: `urn:accord:problem:${problem.code}`,
  title: problem.title,
  status: problem.status,
  code: problem.code,
  ...(problem.options.detail === undefined ? {} : { detail: problem.options.detail }),
  ...(problem.errors.length === 0 ? {} : { errors: problem.errors }),
  traceId,
});

/** Answers with problem details; where an answer has begun, the connection is cut instead. */
export const sendProblem = (problem: Problem, request: FastifyRequest, reply: FastifyReply): void => {
  if (reply.sent || reply.raw.headersSent) {
    reply.raw.destroy();
    return;
  }
  if (problem.status === 401) void reply.header('www-authenticate', 'Bearer');
  void reply
    .status(problem.status)
    .header('content-type', 'application/problem+json; charset=utf-8')
    .send(JSON.stringify(problemBody(problem, request.id)));
};

/** Answers whatever was thrown. Causes of a 500 go to the log, without what they quote, and never to the caller. */
export const sendFailure = (error: unknown, request: FastifyRequest, reply: FastifyReply, logger: Logger): void => {
  const problem = toProblem(error);
  if (problem.status >= 500) {
    logger.error({ traceId: request.id, code: problem.code, failure: failureOf(error) }, 'request failed');
  }
  sendProblem(problem, request, reply);
};

/** Turns whatever was thrown into problem details. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(private readonly logger: Logger) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    sendFailure(error, http.getRequest<FastifyRequest>(), http.getResponse<FastifyReply>(), this.logger);
  }
}
