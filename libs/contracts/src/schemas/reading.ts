import { checkGrading } from '../codes/index.ts';
import { InvalidRequest } from '../problems/problem.ts';
import { validator } from '../validation/index.ts';
import { ArrestsBody, ConcludeBody, EmptyBody, OperationBody, RescueBody, SeizureBody } from './operations.ts';
import { GrantBody, PermissionRequestBody, RefuseBody } from './permissions.ts';
import { AmendBody, BackfillBody, ReasonBody, ReleaseBody, ReportBody } from './reports.ts';
import { checkHandling } from './systems.ts';

const report = validator(ReportBody);
const amendment = validator(AmendBody);
const operation = validator(OperationBody);
const seizure = validator(SeizureBody);

function refuse(path: string, rule: string, message: string): never {
  throw new InvalidRequest([{ path, rule, message }]);
}

/**
 * The body of POST /v1/reports: its shape, its handling and its grading. Entities are checked by `checkEntities`, which
 * needs to know the member. Throws InvalidRequest, or RuleBroken `grading.invalid`.
 */
export function readReport(value: unknown): ReportBody {
  const body = report(value);
  checkHandling(body);
  checkGrading(body.grading);
  return body;
}

/** The body of an amendment. Whether H3's text is still there is the report's to know, unless both are given. */
export function readAmendment(value: unknown): AmendBody {
  const body = amendment(value);
  if (body.grading !== undefined) checkGrading(body.grading);
  return body;
}

/** The body of a release. */
export const readRelease = validator(ReleaseBody);
/** The body of a recall or an erasure. */
export const readReason = validator(ReasonBody);

/** The body of POST /v1/backfills. */
export const readBackfill = validator(BackfillBody);

/** The body of POST /v1/operations. */
export function readOperation(value: unknown): OperationBody {
  const body = operation(value);
  checkHandling(body);
  if (Date.parse(body.window.to) < Date.parse(body.window.from)) {
    refuse('/window/to', 'order', 'The window must not end before it begins.');
  }
  return body;
}

const empty = validator(EmptyBody);
/** The body of a transition that takes none: `{}`, or nothing at all. */
export const readEmpty = (value: unknown): EmptyBody => empty(value ?? {});

export const readArrests = validator(ArrestsBody);
export const readRescue = validator(RescueBody);
export const readConclusion = validator(ConcludeBody);

/** What was seized, its worth as text. */
export type Seizure = Omit<SeizureBody, 'value'> & { value?: { amount: string; currency: string } };

/** The body of POST …/seizures. */
export function readSeizure(value: unknown): Seizure {
  const { value: money, ...body } = seizure(value);
  return money === undefined ? body : { ...body, value: { ...money, amount: String(money.amount) } };
}

/** The bodies of the requests for permission, and of what is answered to them. */
export const readPermissionRequest = validator(PermissionRequestBody);
export const readGrant = validator(GrantBody);
export const readRefusal = validator(RefuseBody);
