import { defineEvent } from '../definition.ts';
import * as contents from './contents.ts';

export * from './contents.ts';

const operation = '01980000-0000-7000-8000-0000000000a1';

/** Also said again, whole, when its lead changes it. */
export const operationPlanned = defineEvent({
  type: 'accord.operations.operation-planned.v1',
  carries: 'sealed',
  schema: contents.OperationContent,
  example: {
    name: 'Operation Shembull',
    participants: ['AL'],
    area: 'Durrës',
    window: { from: '2026-01-01T00:00:00Z', to: '2026-01-02T00:00:00Z' },
    targets: ['GB:01980000-0000-7000-8000-000000000001'],
  },
});

/** A record of the participant that says it. */
export const operationApproved = defineEvent({
  type: 'accord.operations.operation-approved.v1',
  carries: 'sealed',
  schema: contents.ApprovalContent,
  example: { operation },
});

export const operationLaunched = defineEvent({
  type: 'accord.operations.operation-launched.v1',
  carries: 'sealed',
  schema: contents.LaunchContent,
  example: {},
});

export const operationConcluded = defineEvent({
  type: 'accord.operations.operation-concluded.v1',
  carries: 'sealed',
  schema: contents.ConclusionContent,
  example: { outcome: 'The cell in Durrës was dissolved.' },
});

export const arrestsMade = defineEvent({
  type: 'accord.operations.arrests-made.v1',
  carries: 'sealed',
  schema: contents.ArrestsContent,
  example: { operation, count: 2, at: '2026-01-01T05:00:00Z', place: 'Durrës', offence: 'people smuggling' },
});

export const seizureMade = defineEvent({
  type: 'accord.operations.seizure-made.v1',
  carries: 'sealed',
  schema: contents.SeizureContent,
  example: {
    operation,
    kind: 'cash',
    quantity: 1,
    unit: 'bundle',
    value: { amount: '12500.00', currency: 'EUR' },
    at: '2026-01-01T06:00:00Z',
  },
});

export const peopleRescued = defineEvent({
  type: 'accord.operations.people-rescued.v1',
  carries: 'sealed',
  schema: contents.RescueContent,
  example: { operation, count: 14, at: '2026-01-01T07:30:00Z', place: 'Vlorë' },
});
