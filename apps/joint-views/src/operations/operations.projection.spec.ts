import { describe, expect, it } from '@jest/globals';
import type { Released } from '../records/view.ts';
import {
  approvalRows,
  arrestRows,
  conclusionRows,
  launchRows,
  operationRows,
  rescueRows,
  seizureRows,
} from './operations.projection.ts';

const operation = '01980000-0000-7000-8000-0000000000a1';
const at = '2026-01-01T00:00:00.000Z';
const event = (content: object): Released => ({
  id: '01980000-0000-7000-8000-0000000000e1',
  type: 'any',
  record: operation,
  originator: 'GB',
  at,
  access: null,
  content,
});
const empty = {
  count: null,
  quantity: null,
  unit: null,
  seizure_kind: null,
  value_amount: null,
  value_currency: null,
  place: null,
  offence: null,
};

describe('operations', () => {
  it('are as their lead planned them', () => {
    const window = { from: '2026-01-01T00:00:00Z', to: '2026-01-02T00:00:00Z' };
    const plan = { name: 'Operation Shembull', participants: ['AL'], area: 'Durrës', window, targets: [] };
    expect(operationRows(event(plan))).toEqual({
      operations: [
        {
          name: 'Operation Shembull',
          area: 'Durrës',
          window_from: window.from,
          window_to: window.to,
          participants: ['AL'],
          targets: [],
          purpose_codes: [],
          handling_text: null,
        },
      ],
    });
  });

  it('take steps', () => {
    expect(launchRows(event({}))).toEqual({ steps: [{ kind: 'launch', at, outcome: null }] });
    expect(conclusionRows(event({ outcome: 'Dissolved.' }))).toEqual({
      steps: [{ kind: 'conclusion', at, outcome: 'Dissolved.' }],
    });
  });

  it('are approved', () => {
    expect(approvalRows(event({ operation }))).toEqual({ claims: [{ kind: 'approval', target: operation, at }] });
  });

  it('have results', () => {
    const of = { operation, at: '2026-01-01T05:00:00Z' };
    expect(arrestRows(event({ ...of, count: 2, place: 'Durrës', offence: 'smuggling' }))).toEqual({
      contributions: [{ ...empty, ...of, kind: 'arrests', count: 2, place: 'Durrës', offence: 'smuggling' }],
    });
    expect(rescueRows(event({ ...of, count: 14, place: 'Vlorë' }))).toEqual({
      contributions: [{ ...empty, ...of, kind: 'rescues', count: 14, place: 'Vlorë' }],
    });
    const cash = { kind: 'cash', quantity: 1, unit: 'bundle', value: { amount: '12500.00', currency: 'EUR' } };
    expect(seizureRows(event({ ...of, ...cash }))).toEqual({
      contributions: [
        {
          ...empty,
          ...of,
          kind: 'seizure',
          seizure_kind: 'cash',
          quantity: 1,
          unit: 'bundle',
          value_amount: '12500.00',
          value_currency: 'EUR',
        },
      ],
    });
  });
});
