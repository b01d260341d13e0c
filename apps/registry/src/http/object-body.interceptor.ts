import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import type { Observable } from 'rxjs';
import { InvalidRequest, parseStrictJson } from '#contracts';
import { RawJson } from '#platform';

/**
 * Every command of the registry is a JSON object. class-validator would check a list item by item, and a text against a
 * body without fields not at all. Runs after the guards, so that a refusal comes in the order 401, 403, 400.
 */
@Injectable()
export class ObjectBodyInterceptor implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const request = context.switchToHttp().getRequest<{ body?: unknown }>();
    if (request.body instanceof RawJson) request.body = objectIn(request.body);
    return next.handle();
  }
}

function objectIn({ bytes }: RawJson): object {
  const value = parseStrictJson(bytes);
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  throw new InvalidRequest([{ path: '', rule: 'type', message: 'The body must be a JSON object.' }]);
}
