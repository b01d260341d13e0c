import { Readable } from 'node:stream';
import { Injectable, type ArgumentMetadata, type PipeTransform } from '@nestjs/common';
import { InvalidRequest, parseStrictJson, Problem } from '#contracts';

/** A JSON body as it came. It is parsed after the guards have run, so that a refusal comes in the order 401, 403, 400. */
export class RawJson {
  readonly bytes: Uint8Array;
  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }
}

const wrongBody = (rule: string, message: string): InvalidRequest => new InvalidRequest([{ path: '', rule, message }]);

/** A request's JSON body, parsed strictly. Throws Problems: also where it is no object, which every body of Accord is. */
export const readBody = (value: unknown): unknown => {
  if (value === undefined || value === null) throw wrongBody('required', 'A JSON body is needed (an empty one is {}).');
  if (value instanceof RawJson) return parsed(value.bytes);
  if (value instanceof Readable) throw new Problem('unsupported-media-type', 415, 'The media type is not supported');
  return value;
};

const parsed = (bytes: Uint8Array): object => {
  const body = parseStrictJson(bytes);
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    throw wrongBody('type', 'The body must be a JSON object.');
  return body;
};

/**
 * Parses bodies before anything else sees them: class-validator would check a list item by item, and a text against a
 * class without required fields not at all.
 */
@Injectable()
export class JsonBodyPipe implements PipeTransform {
  transform(value: unknown, metadata: ArgumentMetadata): unknown {
    return metadata.type === 'body' ? readBody(value) : value;
  }
}
