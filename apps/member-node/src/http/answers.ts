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

type ShownSchema = NonNullable<(ApiBodyOptions & { schema: object })['schema']>;
interface Shown {
  properties?: Record<string, { description?: string }>;
}

/** A contract's schema, as OpenAPI shows it. `happened`: fields that say when something happened. */
export const bodySchema = (schema: TSchema, happened: readonly string[] = []): ShownSchema => {
  const shown = JSON.parse(JSON.stringify(schema)) as Shown;
  for (const name of happened) {
    const field = shown.properties?.[name];
    if (field) field.description = [field.description, 'not in the future'].filter(Boolean).join('; ');
  }
  return shown as ShownSchema;
};
