import { Type, type Static } from '@sinclair/typebox';
import { amount, ASSISTANCE_KINDS, currency, pieces } from '../../schemas/assistance.ts';
import * as f from '../../schemas/fields.ts';
import { systemContent } from '../../schemas/systems.ts';

/** How far it is: equipment goes through all of them; money is drawn on once it is delivered, or before. */
export const ASSISTANCE_STAGES = ['pledged', 'delivered', 'in-use', 'retired'] as const;
export type AssistanceStage = (typeof ASSISTANCE_STAGES)[number];

/** What was drawn on a sum of money, and for what. */
export const Draw = Type.Object({ amount, for: f.text(500), at: f.instant }, f.strict);
export type Draw = Static<typeof Draw>;

/** Help by the member that says it, whole: equipment by the piece, or money with what was drawn on it. */
export const AssistanceContent = systemContent({
  receiver: f.memberCode,
  kind: f.oneOf(ASSISTANCE_KINDS),
  item: f.title,
  quantity: Type.Optional(pieces),
  amount: Type.Optional(amount),
  currency: Type.Optional(currency),
  stage: f.oneOf(ASSISTANCE_STAGES),
  /** When it was pledged, by which its year is told. */
  pledgedAt: f.instant,
  deliveredAt: Type.Optional(f.instant),
  /** Of money: their sum is `drawn`, never more than `amount`. */
  drawn: Type.Optional(amount),
  draws: Type.Optional(Type.Array(Draw, { maxItems: 10_000 })),
});
export type AssistanceContent = Static<typeof AssistanceContent>;
