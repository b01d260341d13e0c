import { Type, type Static } from '@sinclair/typebox';
import * as f from './fields.ts';
import { systemBody } from './systems.ts';

export const ASSISTANCE_KINDS = ['equipment', 'money'] as const;

/** Money as decimal text: a binary fraction isn't what was counted. */
export const amount = Type.String({
  pattern: '^\\d{1,15}(\\.\\d{1,2})?$',
  description: 'an amount as text, such as "1000000.00"',
});
export const currency = Type.String({
  pattern: '^[A-Z]{3}$',
  description: 'an ISO 4217 code: three capital letters',
});
export const pieces = Type.Integer({ minimum: 1, maximum: 1_000_000 });

/** POST /v1/assistance. Equipment has a quantity, money an amount and its currency: `assistance.invalid` otherwise. */
export const AssistanceBody = systemBody({
  receiver: f.memberCode,
  kind: f.oneOf(ASSISTANCE_KINDS),
  item: f.title,
  quantity: Type.Optional(pieces),
  amount: Type.Optional(amount),
  currency: Type.Optional(currency),
});
export type AssistanceBody = Static<typeof AssistanceBody>;

/** POST …/draw */
export const DrawBody = Type.Object({ amount, for: f.text(500) }, f.strict);
export type DrawBody = Static<typeof DrawBody>;
