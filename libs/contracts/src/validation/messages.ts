import type { ErrorObject } from 'ajv';

const FORMATS: Record<string, string> = {
  date: 'must be a date that exists, as YYYY-MM-DD',
  'date-time': 'must be a time in UTC, as 2025-05-15T12:00:00Z',
  uuid: 'must be a UUID in lower case',
};

type Say = (params: Record<string, unknown>, schema: Record<string, unknown> | undefined) => string;

const SENTENCES: Record<string, Say> = {
  required: () => 'is required',
  'unknown-field': () => 'is not a known field',
  type: (p) => `must be of type ${String(p['type'])}`,
  enum: (p) => `must be one of ${list(p['allowedValues'])}`,
  const: (p) => `must be ${list([p['allowedValue']])}`,
  format: (p) => FORMATS[String(p['format'])] ?? `must be a valid ${String(p['format'])}`,
  pattern: (_, schema) =>
    typeof schema?.['description'] === 'string' ? `must be ${schema['description']}` : 'has the wrong form',
  minLength: (p) => (p['limit'] === 1 ? 'must not be empty' : `must have at least ${String(p['limit'])} characters`),
  maxLength: (p) => `must have at most ${String(p['limit'])} characters`,
  minItems: (p) => `must have at least ${String(p['limit'])} item${p['limit'] === 1 ? '' : 's'}`,
  maxItems: (p) => `must have at most ${String(p['limit'])} items`,
  minProperties: () => 'must name at least one field',
  maxProperties: (p) => `must have at most ${String(p['limit'])} fields`,
  uniqueItems: () => 'must not hold the same item twice',
  minimum: (p) => `must be at least ${String(p['limit'])}`,
  maximum: (p) => `must be at most ${String(p['limit'])}`,
  exclusiveMinimum: (p) => `must be greater than ${String(p['limit'])}`,
  anyOf: (_, schema) =>
    typeof schema?.['description'] === 'string' ? `must be ${schema['description']}` : 'has none of the allowed forms',
};

function list(values: unknown): string {
  return Array.isArray(values) ? values.map((value) => JSON.stringify(value)).join(', ') : '';
}

/** A sentence for a person about one Ajv error. Built from the schema alone, so that it never echoes what was sent. */
export function sentence(rule: string, error: ErrorObject): string {
  const say = SENTENCES[rule];
  const schema = error.parentSchema as Record<string, unknown> | undefined;
  return `This ${say ? say(error.params, schema) : `breaks the rule ${rule}`}.`;
}
