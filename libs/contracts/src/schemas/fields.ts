import { Type } from '@sinclair/typebox';
import {
  ASSERTIONS,
  CATEGORIES,
  CLASSIFICATIONS,
  EUROPOL_INFORMATION,
  EUROPOL_SOURCES,
  HANDLING_CODES,
  PURPOSES,
  SUBJECT_CATEGORIES,
  UK_HANDLING,
  UK_INFORMATION,
  UK_SOURCES,
  type Grading,
  type Shield,
} from '../codes/index.ts';

/** For every object: an unknown field is a mistake that must not go unnoticed. */
export const strict = { additionalProperties: false } as const;

/** One of a list of codes, as `enum`, so that a wrong one is one error and not one for each code. */
export const oneOf = <const T extends readonly string[]>(codes: T) =>
  Type.Unsafe<T[number]>({ type: 'string', enum: [...codes] });

/** Text for people: not blank, at most `maxLength` characters. */
export const text = (maxLength: number) =>
  Type.String({ minLength: 1, maxLength, pattern: '\\S', description: 'text that is not blank' });

export const date = Type.String({ format: 'date' });
export const instant = Type.String({ format: 'date-time' });
export const uuid = Type.String({ format: 'uuid' });
export const title = text(300);
export const reason = text(2000);
export const handlingText = text(2000);
export const legalBasis = text(500);
export const externalId = text(200);

export const memberCode = Type.String({ pattern: '^[A-Z]{2}$', description: "a member's code: two capital letters" });
export const countryCode = Type.String({
  pattern: '^[A-Za-z]{2}(-[A-Za-z]{1,5})?$|^[A-Za-z]{4}$',
  description: 'a country code',
});
export const entityIdField = Type.String({
  pattern: '^[A-Z]{2}:[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$',
  description: 'the global id of an entity, as GB:0198…',
});

export const category = oneOf(CATEGORIES);
export const classification = oneOf(CLASSIFICATIONS);
export const purposes = Type.Array(oneOf(PURPOSES), { minItems: 1, maxItems: PURPOSES.length, uniqueItems: true });
export const handlingCodes = Type.Array(oneOf(HANDLING_CODES), { minItems: 1, maxItems: 4, uniqueItems: true });
export const members = Type.Array(memberCode, { maxItems: 63, uniqueItems: true });
export const audience = Type.Union(
  [Type.Literal('TASK_FORCE'), Type.Array(memberCode, { minItems: 1, maxItems: 63, uniqueItems: true })],
  { description: '"TASK_FORCE" or a list of members, none of them twice' },
);
export const entityIds = Type.Array(entityIdField, { maxItems: 500, uniqueItems: true });

/** A grading in a request. Its codes are a rule of the domain (`grading.invalid`), so the shape is left open here. */
export const looseGrading = Type.Unsafe<Grading>({
  type: 'object',
  description: '{ scheme: "3x5x2", source, information, handling } or { scheme: "4x4", source, information }',
});

/** A grading in an event: what was checked once has no other form. */
export const grading = Type.Union(
  [
    Type.Object(
      {
        scheme: Type.Literal('3x5x2'),
        source: oneOf(UK_SOURCES),
        information: oneOf(UK_INFORMATION),
        handling: oneOf(UK_HANDLING),
      },
      strict,
    ),
    Type.Object(
      { scheme: Type.Literal('4x4'), source: oneOf(EUROPOL_SOURCES), information: oneOf(EUROPOL_INFORMATION) },
      strict,
    ),
  ],
  { description: 'a grading by 3x5x2 or 4x4' },
);

/** FollowTheMoney properties: names are checked against the model elsewhere. */
export const properties = Type.Record(Type.String(), Type.Array(Type.String()), { maxProperties: 100 });
export const assertion = oneOf(ASSERTIONS);
export const subjectCategory = oneOf(SUBJECT_CATEGORIES);

export const shield = Type.Unsafe<Shield>({
  anyOf: [{ const: 'ALL' }, { type: 'array', items: { type: 'string', pattern: '^[a-z]{2}$' }, uniqueItems: true }],
  description: '"ALL" or a list of country codes in lower case',
});
