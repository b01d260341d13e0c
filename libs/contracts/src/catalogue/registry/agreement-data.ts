import { Type, type Static } from '@sinclair/typebox';
import { CATEGORIES } from '../../codes/index.ts';
import * as f from '../../schemas/fields.ts';

export const AGREEMENT_STATES = ['draft', 'in-force', 'suspended', 'terminated'] as const;

/** Who did it, and the agreement as it is after it, whole. */
export const AgreementData = Type.Object(
  {
    by: Type.Union([f.memberCode, Type.Null()]),
    id: f.uuid,
    title: f.title,
    parties: Type.Array(f.memberCode, { minItems: 2, maxItems: 63, uniqueItems: true }),
    categories: Type.Array(f.oneOf(CATEGORIES), { minItems: 1, maxItems: CATEGORIES.length, uniqueItems: true }),
    purposes: f.purposes,
    validFrom: f.instant,
    /** The first instant at which it no longer holds; null: without end. */
    validTo: Type.Union([f.instant, Type.Null()]),
    onward: Type.Boolean(),
    state: f.oneOf(AGREEMENT_STATES),
    /** When the last party signed. A suspension doesn't change it. */
    inForceSince: Type.Union([f.instant, Type.Null()]),
    signedBy: f.members,
    suspendedBy: Type.Union([f.memberCode, Type.Null()]),
    reason: Type.Optional(f.reason),
  },
  f.strict,
);
export type AgreementData = Static<typeof AgreementData>;

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
