import { Type, type Static } from '@sinclair/typebox';
import * as f from '../../schemas/fields.ts';

/** The private parts of any key (RFC 7518, 8037): a key that holds one is never published. */
const PRIVATE = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k'];

export const MEMBER_STATES = [
  'proposed',
  'approved',
  'keys-registered',
  'conformance-passed',
  'active',
  'suspended',
  'withdrawn',
] as const;

const PublicJwk = Type.Unsafe<Record<string, unknown> & { kty: string }>({
  type: 'object',
  required: ['kty'],
  properties: { kty: { type: 'string', enum: ['OKP', 'EC', 'RSA'] } },
  propertyNames: { not: { enum: PRIVATE } },
  maxProperties: 20,
});

/** The public half of an Ed25519 key (RFC 8037). */
const SigningJwk = Type.Unsafe<Record<string, unknown> & { kty: string }>({
  type: 'object',
  required: ['kty', 'crv', 'x'],
  properties: {
    kty: { type: 'string', enum: ['OKP'] },
    crv: { type: 'string', enum: ['Ed25519'] },
    x: { type: 'string', pattern: '^[A-Za-z0-9_-]{43}$' },
  },
  propertyNames: { not: { enum: PRIVATE } },
  maxProperties: 20,
});

const sequence = Type.Integer({ minimum: 1 });
/** Signs the member's source from a sequence on (inclusive), until another (exclusive; null: still). */
const SigningKey = Type.Object(
  { kid: f.text(200), jwk: SigningJwk, from: sequence, until: Type.Union([sequence, Type.Null()]) },
  f.strict,
);

const by = Type.Union([f.memberCode, Type.Null()]);
const Nullable = { issuer: Type.Union([f.text(500), Type.Null()]) };

/** Who did it (null: what the task force was founded with), and the member as it is after it, whole. */
export const MemberData = Type.Object(
  {
    by,
    code: f.memberCode,
    /** Its place in stored masks: never reused, never changed. */
    bit: Type.Integer({ minimum: 0, maximum: 62 }),
    name: f.text(200),
    contact: f.text(500),
    state: f.oneOf(MEMBER_STATES),
    ...Nullable,
    jwks: Type.Union([Type.Object({ keys: Type.Array(PublicJwk, { maxItems: 50 }) }, f.strict), Type.Null()]),
    /** Where its issuer publishes its keys, in place of `jwks`. */
    jwksUri: Type.Optional(Type.String({ maxLength: 500, pattern: '^https?://' })),
    signingKeys: Type.Array(SigningKey, { maxItems: 1000 }),
    /** Of single kinds of event. */
    reason: Type.Optional(f.reason),
    run: Type.Optional(f.text(10_000)),
    suspendedBy: Type.Optional(f.members),
    kid: Type.Optional(f.text(200)),
    from: Type.Optional(sequence),
  },
  f.strict,
);
export type MemberData = Static<typeof MemberData>;

const proposed: MemberData = {
  by: 'GB',
  code: 'MK',
  bit: 3,
  name: 'North Macedonia',
  contact: 'Accord desk Skopje, desk.mk@example.org',
  state: 'proposed',
  issuer: null,
  jwks: null,
  signingKeys: [],
};
const x = '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo';

/** Literal examples of the shapes: before and after a member's keys are registered, as they are or by where they are. */
const keyed: MemberData = {
  ...proposed,
  by: 'MK',
  issuer: 'urn:accord:issuer:MK',
  jwks: { keys: [{ kty: 'OKP', crv: 'Ed25519', x, kid: 'tokens-1', alg: 'EdDSA' }] },
  signingKeys: [{ kid: 'events-1', jwk: { kty: 'OKP', crv: 'Ed25519', x }, from: 1, until: null }],
};
const issuer = 'https://id.example.org/realms/MK';

export const exampleMember = {
  proposed,
  keyed,
  attached: {
    ...keyed,
    issuer,
    jwks: null,
    jwksUri: `${issuer}/protocol/openid-connect/certs`,
  } satisfies MemberData,
};
