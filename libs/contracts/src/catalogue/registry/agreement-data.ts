import { Type, type Static } from '@sinclair/typebox';
import { CATEGORIES } from '../../codes/index.ts';
import * as f from '../../schemas/fields.ts';

export const AGREEMENT_STATES = ['draft', 'in-force', 'suspended', 'terminated'] as const;

/** What an amendment may change. */
const amendable = {
  title: f.title,
  categories: Type.Array(f.oneOf(CATEGORIES), { minItems: 1, maxItems: CATEGORIES.length, uniqueItems: true }),
  purposes: f.purposes,
  validFrom: f.instant,
  /** The first instant at which it no longer holds; null: without end. */
  validTo: Type.Union([f.instant, Type.Null()]),
  /** Whether a party may pass on what it got under it. */
  onward: Type.Boolean(),
};

const { title, ...terms } = amendable;
const fields = {
  by: Type.Union([f.memberCode, Type.Null()]),
  id: f.uuid,
  title,
  parties: Type.Array(f.memberCode, { minItems: 2, maxItems: 63, uniqueItems: true }),
  ...terms,
  state: f.oneOf(AGREEMENT_STATES),
  /** When the last party signed. A suspension or an amendment doesn't change it. */
  inForceSince: Type.Union([f.instant, Type.Null()]),
  signedBy: f.members,
  suspendedBy: Type.Union([f.memberCode, Type.Null()]),
  reason: Type.Optional(f.reason),
};
const revision = Type.Integer({ minimum: 1 });

/** Who did it, and the agreement as it is after it, whole: the terms that hold. */
export const AgreementData = Type.Object(fields, f.strict);
export type AgreementData = Static<typeof AgreementData>;

/** The same, with which revision of the terms holds, and what waits for signatures to take their place. */
export const AmendmentData = Type.Object(
  {
    ...fields,
    revision,
    amendment: Type.Union([Type.Object({ ...amendable, revision, signedBy: f.members }, f.strict), Type.Null()]),
  },
  f.strict,
);
export type AmendmentData = Static<typeof AmendmentData>;

export const exampleAgreement: AgreementData = {
  by: 'GB',
  id: '01980000-0000-7000-8000-0000000000b1',
  title: 'Tirana arrangement',
  parties: ['GB', 'AL', 'XK'],
  categories: ['intelligence', 'operation'],
  purposes: ['people-smuggling'],
  validFrom: '2025-05-15T00:00:00Z',
  validTo: null,
  onward: false,
  state: 'draft',
  inForceSince: null,
  signedBy: [],
  suspendedBy: null,
};
