import type { TSchema } from '@sinclair/typebox';
import type { ApiBodyOptions } from '@nestjs/swagger';
import type { Answer } from '#event-store';

/** What a controller needs of Fastify's reply. */
export interface Reply {
  status(code: number): Reply;
  header(name: string, value: string): Reply;
}

/** Answers a command; what was created is named in `Location`, below `path`. */
export const answerWith = (reply: Reply, path: string, { status, answer }: Answer): object => {
  reply.status(status);
  if (status === 201) reply.header('location', `${path}/${(answer as { id: string }).id}`);
  return answer;
};

/** A contract's schema, as OpenAPI shows it. */
export const bodySchema = (schema: TSchema): NonNullable<(ApiBodyOptions & { schema: object })['schema']> =>
  JSON.parse(JSON.stringify(schema)) as object;
