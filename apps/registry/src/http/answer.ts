import type { FastifyReply } from 'fastify';
import type { Answer } from '#event-store';

/** Sends a command's answer: with its own status, which is the first one's when it is repeated. */
export function send(reply: FastifyReply, { status, answer }: Answer, location?: string): object {
  void reply.status(status);
  if (location !== undefined && status === 201) void reply.header('location', location);
  return answer;
}
