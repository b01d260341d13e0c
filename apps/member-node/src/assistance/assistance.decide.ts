import { RuleBroken, WrongState, type AssistanceBody, type AssistanceContent, type DrawBody } from '#contracts';
import type { On } from '../systems/system.ts';
import { cents, decimal } from './money.ts';

const invalid = (field: string, rule: string, message: string) =>
  new RuleBroken('assistance.invalid', [{ path: `/${field}`, rule, message }]);

const OF_KIND = { equipment: ['quantity'], money: ['amount', 'currency'] } as const;

/** What is pledged: equipment by the piece, or money. */
export const pledge = (body: AssistanceBody, { at }: On): AssistanceContent => {
  const { receiver, kind, item } = body;
  for (const field of OF_KIND[kind]) {
    if (body[field] === undefined) throw invalid(field, 'required', `Assistance of the kind ${kind} has its ${field}.`);
  }
  const other = OF_KIND[kind === 'money' ? 'equipment' : 'money'].find((field) => body[field] !== undefined);
  if (other) throw invalid(other, 'kind', `Assistance of the kind ${kind} has no ${other}.`);
  const pledged = { receiver, kind, item, stage: 'pledged', pledgedAt: at } as const;
  if (kind === 'equipment') return { ...pledged, quantity: body.quantity! };
  if (cents(body.amount!) === 0n) throw invalid('amount', 'minimum', 'The amount must be more than nothing.');
  return { ...pledged, amount: decimal(cents(body.amount!)), currency: body.currency!, drawn: '0.00', draws: [] };
};

const assertStage = (content: AssistanceContent, stage: 'pledged' | 'delivered'): void => {
  if (content.stage === stage) return;
  throw new WrongState(`assistance.not-${stage}`, `The assistance is ${content.stage}.`);
};

export const deliver = (content: AssistanceContent, _: unknown, { at }: On): AssistanceContent => {
  assertStage(content, 'pledged');
  return { ...content, stage: 'delivered', deliveredAt: at };
};

/** A release says all of them, and no event may be larger than the exchange takes: it would hold up all that come after it. */
export const MOST_DRAWS = 2_000;

/** Exact, in hundredths. Nothing is drawn on what is retired. */
export const draw = (content: AssistanceContent, { amount, for: what }: DrawBody, { at }: On): AssistanceContent => {
  if (content.kind !== 'money') throw new WrongState('assistance.not-money', 'Only money can be drawn on.');
  if (content.stage === 'retired') throw new WrongState('assistance.retired', 'The assistance is retired.');
  if (cents(amount) === 0n) throw invalid('amount', 'minimum', 'The amount must be more than nothing.');
  const drawn = cents(content.drawn!) + cents(amount);
  if (drawn > cents(content.amount!)) {
    const message = 'No more can be drawn than is left of the pledge.';
    throw new RuleBroken('assistance.overdrawn', [{ path: '/amount', rule: 'pledge', message }]);
  }
  if (content.draws!.length >= MOST_DRAWS) {
    throw invalid(
      'amount',
      'draws',
      `Of one pledge there are at most ${MOST_DRAWS} draws: pledge what is left of it anew.`,
    );
  }
  const draws = [...content.draws!, { amount: decimal(cents(amount)), for: what, at }];
  return { ...content, drawn: decimal(drawn), draws };
};

export const putInUse = (content: AssistanceContent): AssistanceContent => {
  if (content.kind !== 'equipment') throw new WrongState('assistance.not-equipment', 'Only equipment is put in use.');
  assertStage(content, 'delivered');
  return { ...content, stage: 'in-use' };
};

export const retire = (content: AssistanceContent): AssistanceContent => {
  if (content.stage === 'retired') throw new WrongState('assistance.retired', 'The assistance is retired already.');
  if (content.stage === 'pledged') throw new WrongState('assistance.not-delivered', 'It has not been delivered.');
  return { ...content, stage: 'retired' };
};
