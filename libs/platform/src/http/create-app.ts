import { randomUUID } from 'node:crypto';
import { maxHeaderSize } from 'node:http';
import type { DynamicModule, Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Registry } from 'prom-client';
import { InvalidRequest, NotFound } from '#contracts';
import { measureRequests } from '../ops/http-metrics.ts';
import { answerUnreadable } from './client-error.ts';
import { serveDirectly } from './direct.ts';
import { RawJson } from './json-body.pipe.ts';
import { secureHeaders } from './headers.ts';
import { sendProblem, toProblem } from './problem.filter.ts';
import { rememberRoutes } from './routes.ts';

export interface AppOptions {
  title: string;
  description: string;
  /** Of a JSON body, in bytes; an NDJSON stream has no limit but its lines'. */
  bodyLimit?: number;
}

const TRACEPARENT = /^[\da-f]{2}-([\da-f]{32})-[\da-f]{16}-[\da-f]{2}$/;
const DEFAULT_BODY_LIMIT = 2 * 1024 * 1024;

/** Makes an app's HTTP side: Fastify, strict JSON, problem details also for what fails before a route, OpenAPI at /docs. */
export const createApp = async (module: Type | DynamicModule, options: AppOptions): Promise<NestFastifyApplication> => {
  const adapter = new FastifyAdapter({
    bodyLimit: options.bodyLimit ?? DEFAULT_BODY_LIMIT,
    genReqId: (request: { headers: Record<string, unknown> }) =>
      TRACEPARENT.exec(String(request.headers['traceparent'] ?? ''))?.[1] ?? randomUUID(),
    // As long as Node lets a request line be: a long id is one that isn't there, and no fault.
    routerOptions: { maxParamLength: maxHeaderSize },
    // What fails before any route, such as a URL that is not well encoded.
    frameworkErrors: (error: Error, request: FastifyRequest, reply: FastifyReply) =>
      sendProblem(toProblem(error), request, reply),
    clientErrorHandler: answerUnreadable,
    // A client that leaves an upload in the middle must not be waited for at shutdown.
    forceCloseConnections: true,
  });
  const app = await NestFactory.create<NestFastifyApplication>(module as Type, adapter, {
    bodyParser: false,
    logger: false,
    abortOnError: false,
  });
  const fastify = adapter.getInstance() as unknown as FastifyInstance;
  prepare(fastify);
  serveDirectly(app, fastify);
  measureRequests(fastify, app.get(Registry, { strict: false }));
  document(app, options);
  return app;
};

const prepare = (fastify: FastifyInstance): void => {
  rememberRoutes(fastify);
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, body, done) => {
    done(null, body.length === 0 ? undefined : new RawJson(body as Buffer));
  });
  fastify.addContentTypeParser('application/x-ndjson', (_request, payload, done) => done(null, payload));
  secureHeaders(fastify);
  fastify.addHook('onRequest', (request, _reply, done) => done(nulIn(request.url)));
};

/** No store keeps a NUL: a path with one leads nowhere, a query with one is wrong. */
const nulIn = (url: string): Error | undefined => {
  const [path = '', query = ''] = url.split('?', 2);
  if (path.includes('%00')) return new NotFound();
  if (query.includes('%00'))
    return new InvalidRequest([{ path: '', rule: 'no-nul', message: 'A query holds no NUL character.' }]);
  return undefined;
};

const document = (app: NestFastifyApplication, options: AppOptions): void => {
  const config = new DocumentBuilder()
    .setTitle(options.title)
    .setDescription(options.description)
    .setVersion('1')
    .addBearerAuth()
    .build();
  SwaggerModule.setup('docs', app, () => SwaggerModule.createDocument(app, config), { jsonDocumentUrl: 'docs-json' });
};
