import { Injectable, type ArgumentMetadata, type PipeTransform } from '@nestjs/common';
import { InvalidRequest, parseStrictJson } from '#contracts';

/** A JSON body as it came. It is parsed after the guards have run, so that a refusal comes in the order 401, 403, 400. */
export class RawJson {
  readonly bytes: Uint8Array;
  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }
}

/** Parses a request's JSON body, strictly. */
@Injectable()
export class JsonBodyPipe implements PipeTransform {
  transform(value: unknown, metadata: ArgumentMetadata): unknown {
    if (metadata.type !== 'body') return value;
    if (value instanceof RawJson) return parseStrictJson(value.bytes);
    if (value === undefined || value === null) {
      throw new InvalidRequest([
        { path: '', rule: 'required', message: 'A JSON body is needed (an empty one is {}).' },
      ]);
    }
    return value;
  }
}
