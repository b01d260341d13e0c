import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';

const ROUTES = new WeakMap<object, Set<string>>();

/** Remembers each route from now on. */
export const rememberRoutes = (fastify: FastifyInstance): void => {
  const routes = new Set<string>();
  ROUTES.set(fastify, routes);
  fastify.addHook('onRoute', ({ method, url }) => {
    for (const verb of [method].flat()) routes.add(`${verb} ${url}`);
  });
};

/** Every route that an app serves, once it listens: `GET /v1/members/:code`. */
export const routesOf = (app: NestFastifyApplication): string[] =>
  [...(ROUTES.get(app.getHttpAdapter().getInstance()) ?? [])].sort();
