import { Type, type Static } from '@sinclair/typebox';
import { COUNTRIES } from '../codes/countries.ts';
import { DOCUMENT_STATUSES, DOCUMENT_TYPES } from '../codes/documents.ts';
import { readMrz } from '../documents/mrz.ts';
import { normalizeIdentifier } from '../entities/identifiers.ts';
import { InvalidRequest } from '../problems/problem.ts';
import { validator } from '../validation/index.ts';
import * as f from './fields.ts';
import { systemBody } from './systems.ts';

const SIGNS = '\\p{L}\\p{N}\\p{Zs}\\p{Pd}./';

/** As it is printed. Compared in capitals, without spaces, hyphens and other signs: `normalizeIdentifier`. */
export const documentNumber = Type.String({
  maxLength: 50,
  pattern: `^[${SIGNS}]*[\\p{L}\\p{N}][${SIGNS}]*$`,
  description: "a document's number: letters and digits, between which may be spaces, hyphens, points and slashes",
});

/** The state that issued a document: any country, in capitals. */
export const issuingState = Type.String({
  pattern: `^(${[...COUNTRIES.keys()].join('|').toUpperCase()})$`,
  description: 'a country: two capital letters of ISO 3166-1, or XK',
});

/** What an examination found: on which machine, what gave the forgery away, and the SHA-256 of each image of it. */
const Finding = Type.Object(
  {
    machine: Type.String({
      pattern: '^[\\p{L}\\p{N}][\\p{L}\\p{N} ._:/-]{0,99}$',
      description: "a machine: the id of an item of assistance, or the member's own name for it",
    }),
    pattern: f.text(500),
    images: Type.Optional(
      Type.Array(Type.String({ pattern: '^[0-9a-f]{64}$', description: 'a SHA-256 in small hexadecimal digits' }), {
        minItems: 1,
        maxItems: 20,
        uniqueItems: true,
      }),
    ),
  },
  f.strict,
);

/** What the register says of a document. `since`: from when on it is not to be honoured. */
export const DocumentAlertFields = {
  number: documentNumber,
  type: f.oneOf(DOCUMENT_TYPES),
  issuingState,
  status: f.oneOf(DOCUMENT_STATUSES),
  since: f.date,
  finding: Type.Optional(Finding),
};

/** POST /v1/document-alerts */
export const DocumentAlertBody = systemBody(DocumentAlertFields);
export type DocumentAlertBody = Static<typeof DocumentAlertBody>;

/** POST /v1/document-checks, and a line of its batch: a number, or an MRZ. */
export const DocumentCheckBody = Type.Object(
  {
    number: Type.Optional(documentNumber),
    issuingState: Type.Optional(issuingState),
    type: Type.Optional(f.oneOf(DOCUMENT_TYPES)),
    mrz: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
    protection: Type.Optional(Type.Boolean()),
  },
  f.strict,
);
export type DocumentCheckBody = Static<typeof DocumentCheckBody>;

/** How many checks one batch may hold. */
export const MAX_DOCUMENT_CHECKS = 1000;

/** POST /v1/document-checks:batch as one JSON body: each check is read by itself, so that a wrong one refuses no other. */
export const DocumentChecksBody = Type.Object(
  { checks: Type.Array(Type.Unknown(), { minItems: 1, maxItems: MAX_DOCUMENT_CHECKS }) },
  f.strict,
);
export type DocumentChecksBody = Static<typeof DocumentChecksBody>;

/** What the register is asked. */
export interface DocumentCheck {
  /** Normalised. */
  number: string;
  /** Null: any; '': one of which there can't be an alert. */
  issuingState: string | null;
  /** Null: any. */
  type: string | null;
  protection: boolean;
}

const check = validator(DocumentCheckBody);

/** The body of a check. Throws InvalidRequest, or RuleBroken `mrz.check-digit`. */
export function readDocumentCheck(value: unknown): DocumentCheck {
  const { number, mrz, issuingState = null, type = null, protection = false } = check(value);
  if (mrz !== undefined) return { ...readMrz(onlyMrz(mrz, { number, issuingState, type })), type: null, protection };
  if (number === undefined) throw refusal('/number', 'required', 'A check needs a number, or an MRZ.');
  return { number: normalizeIdentifier(number), issuingState, type, protection };
}

/** The body of a batch of checks. */
export const readDocumentChecks = validator(DocumentChecksBody);

/** An MRZ says number and state itself. What kind of document it is, registers see in other ways than its letters say. */
function onlyMrz(mrz: string, others: Record<string, unknown>): string {
  const [beside] = Object.entries(others).find(([, value]) => value !== undefined && value !== null) ?? [];
  if (beside !== undefined) throw refusal(`/${beside}`, 'one-of', 'With an MRZ nothing else is asked by.');
  return mrz;
}

const refusal = (path: string, rule: string, message: string) => new InvalidRequest([{ path, rule, message }]);
