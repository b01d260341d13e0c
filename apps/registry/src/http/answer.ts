import type { Answer } from '#event-store';

/** What is needed of Fastify's reply. */
interface Reply {
  status(code: number): unknown;
  header(name: string, value: string): unknown;
}

/** Sends a command's answer: with its own status, which is the first one's when it is repeated. */
export function send(reply: Reply, { status, answer }: Answer, location: string): object {
  reply.status(status);
  if (status === 201) reply.header('location', location);
  return answer;
}
