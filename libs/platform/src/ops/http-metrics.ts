import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Counter, Histogram, type Registry } from 'prom-client';

const BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];
const REFUSALS: Record<number, string> = { 401: 'unauthenticated', 403: 'forbidden', 429: 'too-many-requests' };

/** The route's pattern, as OpenAPI writes it: what a caller wrote in its place may be an id or a name. */
const routeOf = ({ routeOptions: { url } }: FastifyRequest): string => {
  if (url === undefined) return 'unmatched';
  let route = ROUTES.get(url);
  if (route === undefined) ROUTES.set(url, (route = url.replace(/(?<!:):(\w+)/g, '{$1}').replaceAll('::', ':')));
  return route;
};

/** As few as an app has routes. */
const ROUTES = new Map<string, string>();

/** Counts and times an app's requests, and counts those that were refused for who asked. */
export const measureRequests = (fastify: FastifyInstance, registry: Registry): void => {
  const duration = new Histogram({
    name: 'accord_http_request_duration_seconds',
    help: 'Requests, from their head to the end of their answer',
    labelNames: ['method', 'route', 'status'],
    buckets: BUCKETS,
    registers: [registry],
  });
  const refused = new Counter({
    name: 'accord_http_refused_total',
    help: 'Requests refused for who asked (401, 403) or how often (429)',
    labelNames: ['reason'],
    registers: [registry],
  });
  for (const reason of Object.values(REFUSALS)) refused.inc({ reason }, 0);
  fastify.addHook('onResponse', (request: FastifyRequest, reply: FastifyReply, done) => {
    const { statusCode: status } = reply;
    duration.observe({ method: request.method, route: routeOf(request), status }, reply.elapsedTime / 1000);
    const reason = REFUSALS[status];
    if (reason !== undefined) refused.inc({ reason });
    done();
  });
};
