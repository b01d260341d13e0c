import { Type, type Static } from '@sinclair/typebox';
import { SEIZURE_KINDS } from '../codes/index.ts';
import * as f from './fields.ts';

const people = Type.Integer({ minimum: 1, maximum: 1_000_000 });
const place = f.text(300);

export const Window = Type.Object({ from: f.instant, to: f.instant }, f.strict);

/** POST /v1/operations. The lead is the node's member; without an audience, lead and participants. */
export const OperationBody = Type.Object(
  {
    externalId: Type.Optional(f.externalId),
    name: f.title,
    participants: f.members,
    purposes: f.purposes,
    area: f.text(300),
    window: Window,
    targets: f.entityIds,
    classification: f.classification,
    audience: Type.Optional(f.audience),
    handlingCodes: Type.Optional(f.handlingCodes),
    handlingText: Type.Optional(f.handlingText),
    reviewBy: Type.Optional(f.date),
  },
  f.strict,
);
export type OperationBody = Static<typeof OperationBody>;

/** POST …/approve, …/launch: nothing but `{}`. */
export const EmptyBody = Type.Object({}, f.strict);
export type EmptyBody = Static<typeof EmptyBody>;

/** POST …/arrests */
export const ArrestsBody = Type.Object(
  { count: people, at: f.instant, place, offence: f.text(300), subjects: Type.Optional(f.entityIds) },
  f.strict,
);
export type ArrestsBody = Static<typeof ArrestsBody>;

/** Money: a decimal as text, because a binary fraction isn't what was counted; whole amounts may be numbers. */
const Money = Type.Object(
  {
    amount: Type.Union(
      [
        Type.String({ pattern: '^\\d{1,15}(\\.\\d{1,2})?$' }),
        Type.Integer({ minimum: 0, maximum: 999_999_999_999_999 }),
      ],
      { description: 'an amount as text, such as "1000000.00"' },
    ),
    currency: Type.String({ pattern: '^[A-Z]{3}$', description: 'an ISO 4217 code: three capital letters' }),
  },
  f.strict,
);

/** POST …/seizures */
export const SeizureBody = Type.Object(
  {
    kind: f.oneOf(SEIZURE_KINDS),
    quantity: Type.Number({ exclusiveMinimum: 0, maximum: 1e12 }),
    unit: f.text(50),
    value: Type.Optional(Money),
    at: f.instant,
  },
  f.strict,
);
export type SeizureBody = Static<typeof SeizureBody>;

/** POST …/rescues */
export const RescueBody = Type.Object({ count: people, at: f.instant, place }, f.strict);
export type RescueBody = Static<typeof RescueBody>;

/** POST …/conclude */
export const ConcludeBody = Type.Object({ outcome: f.text(2000) }, f.strict);
export type ConcludeBody = Static<typeof ConcludeBody>;
