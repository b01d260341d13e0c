import { mergeShields, NotFound, WrongState, type CodeOf, type Shield } from '#contracts';
import { fact } from '../records/fact.ts';
import { backfilled, type Backfill, type Handling, type Release } from '../records/release.ts';
import { covers } from '../records/shield.ts';
import type { HeldOperation, Operation, OperationFact, Plan } from './operation.ts';

export interface PlanOperation {
  type: 'plan';
  id: string;
  handling: Handling;
  release: Release;
  plan: Plan;
  fingerprint: string;
  shield: Shield;
}

export type OperationCommand =
  | PlanOperation
  | { type: 'launch' }
  | { type: 'conclude'; outcome: string }
  | { type: 'reshield'; shield: Shield }
  | { type: 'backfill'; backfill: Backfill }
  | { type: 'recall'; reason: string }
  | { type: 'expire' }
  | { type: 'erase'; reason: string };

type Command<T extends OperationCommand['type']> = Extract<OperationCommand, { type: T }>;
type Released = Extract<Operation, { state: 'released' }>;

const wrongState = (what: CodeOf<'operation'>, detail: string): WrongState =>
  new WrongState(`operation.${what}`, detail);

function assertReleased(operation: Operation): asserts operation is Released {
  if (operation.state === 'none') throw new NotFound();
  if (operation.state !== 'released') throw wrongState(operation.state, `The operation is ${operation.state}.`);
}

const plan = (operation: Operation, command: PlanOperation): OperationFact[] => {
  if (operation.state !== 'none') throw wrongState('planned', 'The operation is planned already.');
  const { id, handling, release, fingerprint, shield } = command;
  return [fact('operation-planned', id, { ...handling, ...release, fingerprint }, { ...command.plan, shield })];
};

const launch = (operation: Operation): OperationFact[] => {
  assertReleased(operation);
  if (operation.stage !== 'planned') throw wrongState(operation.stage, `The operation is ${operation.stage} already.`);
  return [fact('operation-launched', operation.id, {}, {})];
};

const conclude = (operation: Operation, { outcome }: Command<'conclude'>): OperationFact[] => {
  assertReleased(operation);
  if (operation.stage === 'planned') throw wrongState('not-launched', 'The operation has not been launched.');
  if (operation.stage === 'concluded') throw wrongState('concluded', 'The operation is concluded already.');
  return [fact('operation-concluded', operation.id, {}, { outcome })];
};

const reshield = (operation: Operation, command: Command<'reshield'>): OperationFact[] => {
  if (operation.state !== 'released' || covers(operation.shield, command.shield)) return [];
  const shield = mergeShields(operation.shield, command.shield);
  return [fact('operation-reshielded', operation.id, {}, { shield })];
};

const backfill = (operation: Operation, command: Command<'backfill'>): OperationFact[] => {
  const audience = operation.state === 'released' ? backfilled(operation.release, command.backfill) : null;
  return audience ? [fact('operation-backfilled', (operation as Released).id, audience, {})] : [];
};

const recall = (operation: Operation, { reason }: Command<'recall'>): OperationFact[] => {
  assertReleased(operation);
  return [fact('operation-recalled', operation.id, {}, { reason })];
};

const expire = (operation: Operation): OperationFact[] =>
  operation.state === 'released' ? [fact('operation-expired', operation.id, {}, {})] : [];

const erase = (operation: Operation, { reason }: Command<'erase'>): OperationFact[] => {
  if (operation.state === 'erased') throw wrongState('erased', 'The operation was erased.');
  return [fact('operation-erased', (operation as HeldOperation).id, {}, { reason })];
};

const DECISIONS: { [T in OperationCommand['type']]: (operation: Operation, command: Command<T>) => OperationFact[] } = {
  plan,
  launch,
  conclude,
  reshield,
  backfill,
  recall,
  expire,
  erase,
};

/** What follows from a command, or a Problem. */
export const decide = (operation: Operation, command: OperationCommand): OperationFact[] =>
  (DECISIONS[command.type] as (operation: Operation, command: OperationCommand) => OperationFact[])(operation, command);
