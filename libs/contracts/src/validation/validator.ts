import type { Static, TSchema } from '@sinclair/typebox';
import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import formats from 'ajv-formats';
import { InvalidRequest, type FieldError } from '../problems/problem.ts';
import { isDate, isInstant } from './formats.ts';
import { sentence } from './messages.ts';
import { segment } from './pointer.ts';

/** More tell a caller nothing new, and a large body could hold a great many. */
const MAX_ERRORS = 20;
/** What is looked at to choose those. */
const MAX_RAW_ERRORS = 400;
/** Beyond this many values a body is told its first error alone: collecting all could take gigabytes. */
const MAX_NODES = 20_000;

// TypeBox marks its schemas with symbols, which Ajv's strict mode passes over. `verbose` gives messages the schema at hand.
const common = { verbose: true, strict: true, strictTypes: false, allowUnionTypes: true };
const first = withFormats(new Ajv(common));
const every = withFormats(new Ajv({ ...common, allErrors: true }));

function withFormats(ajv: Ajv): Ajv {
  formats.default(ajv, ['uuid', 'email', 'uri']);
  return ajv.addFormat('date', isDate).addFormat('date-time', isInstant);
}

/**
 * A check of unknown values against a schema, compiled at the first use and then kept. It answers the value itself, typed:
 * nothing is coerced, defaulted or removed. It throws InvalidRequest with at most 20 errors, each with the JSON pointer of
 * the field (of the missing or unknown field itself), the schema's keyword as the rule, and a sentence that never echoes
 * what was sent.
 */
export function validator<S extends TSchema>(schema: S): (value: unknown) => Static<S> {
  let check: ValidateFunction | undefined;
  return (value) => {
    check ??= first.compile(schema);
    if (check(value)) return value as Static<S>;
    throw new InvalidRequest(fieldErrors(errorsIn(schema, value) ?? check.errors ?? []));
  };
}

/** All errors of a value that isn't too large to ask for them. Ajv keeps what it compiled by schema. */
function errorsIn(schema: TSchema, value: unknown): ErrorObject[] | undefined {
  if (nodesLeft(value, MAX_NODES) < 0) return undefined;
  const check = every.compile(schema);
  check(value);
  return check.errors?.slice(0, MAX_RAW_ERRORS);
}

/** What is left of `budget` after each value inside a value took one; stops where nothing is left. */
function nodesLeft(value: unknown, budget: number): number {
  let left = budget - 1;
  if (typeof value !== 'object' || value === null) return left;
  for (const member of Object.values(value)) {
    if (left < 0) break;
    left = nodesLeft(member, left);
  }
  return left;
}

/** Ajv's errors in Accord's words. */
export function fieldErrors(errors: ErrorObject[]): FieldError[] {
  return withoutBranches(errors)
    .slice(0, MAX_ERRORS)
    .map((error) => {
      const rule = error.keyword === 'additionalProperties' ? 'unknown-field' : error.keyword;
      return { path: pathOf(error), rule, message: sentence(rule, error) };
    });
}

function pathOf({ instancePath, params }: ErrorObject): string {
  const named: unknown = params['missingProperty'] ?? params['additionalProperty'];
  return typeof named === 'string' ? instancePath + segment(named) : instancePath;
}

/**
 * A union fails with the errors of all of its branches. What helps is either what is wrong inside the value (a list's
 * third item), or, where nothing inside was reached, the union's own sentence.
 */
function withoutBranches(errors: ErrorObject[]): ErrorObject[] {
  let kept = errors;
  for (const union of errors.filter((error) => error.keyword === 'anyOf')) {
    const inBranch = (e: ErrorObject) =>
      e !== union && e.schemaPath.startsWith(`${union.schemaPath}/`) && e.instancePath.startsWith(union.instancePath);
    const isInside = (e: ErrorObject) => inBranch(e) && pathOf(e).length > union.instancePath.length;
    const deeper = kept.some(isInside);
    kept = kept.filter((e) => (deeper ? e !== union && (!inBranch(e) || isInside(e)) : !inBranch(e)));
  }
  return kept;
}
