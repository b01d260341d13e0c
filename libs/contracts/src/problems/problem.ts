import type { ProblemCode } from '../codes/problem-codes.ts';

/** One thing that is wrong with an input: a JSON pointer, the rule that it breaks, and a sentence for a person. */
export interface FieldError {
  path: string;
  rule: string;
  message: string;
}

/**
 * The one base of everything Accord refuses. `code` is stable and part of the interface; `status` is the HTTP status
 * that the platform's filter answers with (RFC 9457). Domain code throws these without knowing HTTP.
 */
export class Problem extends Error {
  constructor(
    readonly code: string,
    readonly status: number,
    readonly title: string,
    readonly options: { detail?: string; errors?: FieldError[] } = {},
  ) {
    super(options.detail ?? title);
    this.name = new.target.name;
  }

  get errors(): FieldError[] {
    return this.options.errors ?? [];
  }
}

/** 400: the shape of the input is wrong. */
export class InvalidRequest extends Problem {
  constructor(errors: FieldError[], code = 'invalid-request') {
    super(code, 400, 'The request is not valid', { detail: errors[0]?.message, errors });
  }
}

/** 422: well-formed, but against a rule of the domain, such as `grading.invalid`. */
export class RuleBroken extends Problem {
  constructor(code: ProblemCode, errors: FieldError[]) {
    super(code, 422, 'A rule of the domain does not allow this', { detail: errors[0]?.message, errors });
  }
}

/** 409: the thing is in another state, such as `report.not-submitted`. */
export class WrongState extends Problem {
  constructor(code: ProblemCode, detail: string) {
    super(code, 409, 'The state does not allow this', { detail });
  }
}

/** 404: not there, or not for this caller. Both read alike, so it takes no detail. */
export class NotFound extends Problem {
  constructor() {
    super('not-found', 404, 'Not found');
  }
}

/** 403: a role or a member that may never use the endpoint. */
export class Forbidden extends Problem {
  constructor(detail: string) {
    super('forbidden', 403, 'Not allowed', { detail });
  }
}

/** 401. */
export class Unauthenticated extends Problem {
  constructor(detail: string) {
    super('unauthenticated', 401, 'A valid token is needed', { detail });
  }
}

/** 412: `If-Match` named another version. */
export class VersionConflict extends Problem {
  constructor(current: number) {
    super('version-conflict', 412, 'The version has changed', { detail: `The current version is ${current}.` });
  }
}

/** 503: nothing was stored; asking again later may work. */
export class Unavailable extends Problem {
  constructor(code: 'store-unavailable' | 'registry-stale', detail: string) {
    super(code, 503, 'Not available now', { detail });
  }
}
