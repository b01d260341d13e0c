import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { InvalidRequest } from '#contracts';

const MAX_KEY = 200;

/** The two headers that a command may carry. */
export interface CommandHeaders {
  idempotencyKey?: string;
  /** `If-Match: "3"`: the version that the caller saw. */
  ifMatch?: number;
}

const invalid = (header: string, message: string) =>
  new InvalidRequest([{ path: `/headers/${header}`, rule: 'header', message }]);

/** Reads Idempotency-Key (1 to 200 printable characters) and If-Match. Throws InvalidRequest naming the header. */
export const readCommandHeaders = (headers: Record<string, string | string[] | undefined>): CommandHeaders => {
  const key = headers['idempotency-key'];
  const match = headers['if-match'];
  const result: CommandHeaders = {};
  if (key !== undefined) {
    if (typeof key !== 'string' || key.length > MAX_KEY || !/^[\x21-\x7e]+$/.test(key)) {
      throw invalid('idempotency-key', `Idempotency-Key is 1 to ${MAX_KEY} printable ASCII characters without spaces.`);
    }
    result.idempotencyKey = key;
  }
  if (match !== undefined) {
    const version = /^"(\d{1,9})"$/.exec(String(match))?.[1];
    if (version === undefined) throw invalid('if-match', 'If-Match is a version in double quotes, such as "3".');
    result.ifMatch = Number(version);
  }
  return result;
};

/** The command's headers, as a parameter of a controller's method. */
export const FromHeaders = createParamDecorator((_: unknown, context: ExecutionContext): CommandHeaders =>
  readCommandHeaders(context.switchToHttp().getRequest<{ headers: Record<string, string | undefined> }>().headers),
);
