import { describe, expect, it } from '@jest/globals';
import * as read from './reading.ts';
import { without, wrong } from './testing/wrong.ts';

const operation = {
  name: 'Operation Shembull',
  participants: ['AL'],
  purposes: ['people-smuggling'],
  area: 'Durrës',
  window: { from: '2026-01-01T00:00:00Z', to: '2026-01-02T00:00:00Z' },
  targets: [],
  classification: 'OFFICIAL',
};
const arrests = { count: 2, at: '2026-01-01T05:00:00Z', place: 'Durrës', offence: 'people smuggling' };
const seizure = { kind: 'boat', quantity: 3, unit: 'item', at: '2026-01-01T06:00:00Z' };
const rescue = { count: 14, at: '2026-01-01T06:00:00Z', place: 'Vlorë' };

describe('an operation', () => {
  it('is read as API.md writes it', () => {
    expect(read.readOperation(operation)).toBe(operation);
    expect(
      wrong(() =>
        read.readOperation({
          ...operation,
          audience: ['AL'],
          handlingCodes: ['H1'],
          reviewBy: '2030-01-01',
          targets: ['GB:01980000-0000-7000-8000-000000000001'],
        }),
      ),
    ).toBe('accepted');
    expect(read.readEmpty({})).toEqual({});
    expect(read.readEmpty(undefined)).toEqual({});
    expect(read.readArrests(arrests)).toBe(arrests);
    expect(read.readSeizure(seizure)).toEqual(seizure);
    expect(read.readSeizure({ ...seizure, value: { amount: 12500, currency: 'EUR' } }).value).toEqual({
      amount: '12500',
      currency: 'EUR',
    });
    expect(read.readSeizure({ ...seizure, value: { amount: '1000000.00', currency: 'GBP' } }).value!.amount).toBe(
      '1000000.00',
    );
    expect(read.readRescue(rescue)).toBe(rescue);
    expect(wrong(() => read.readConclusion({ outcome: 'Done' }))).toBe('accepted');
  });

  it.each(['name', 'participants', 'purposes', 'area', 'window', 'targets', 'classification'])('needs %s', (field) => {
    expect(wrong(() => read.readOperation(without(operation, field)))).toBe(`400 invalid-request /${field} required`);
  });

  it.each([
    [
      () => read.readOperation({ ...operation, window: { from: operation.window.to, to: operation.window.from } }),
      '/window/to order',
    ],
    [() => read.readOperation({ ...operation, participants: ['AL', 'AL'] }), '/participants uniqueItems'],
    [() => read.readOperation({ ...operation, participants: ['Albania'] }), '/participants/0 pattern'],
    [() => read.readOperation({ ...operation, targets: ['p1'] }), '/targets/0 pattern'],
    [() => read.readOperation({ ...operation, handlingCodes: ['H3'] }), '/handlingText required'],
    [() => read.readEmpty({ approve: true }), '/approve unknown-field'],
    [() => read.readEmpty([]), ' type'],
    [() => read.readArrests({ ...arrests, count: 0 }), '/count minimum'],
    [() => read.readArrests({ ...arrests, count: '2' }), '/count type'],
    [() => read.readArrests({ ...arrests, at: 'yesterday' }), '/at format'],
    [() => read.readSeizure({ ...seizure, kind: 'yacht' }), '/kind enum'],
    [() => read.readSeizure({ ...seizure, quantity: 0 }), '/quantity exclusiveMinimum'],
    [() => read.readSeizure({ ...seizure, value: { amount: '1.234', currency: 'EUR' } }), '/value/amount anyOf'],
    [() => read.readSeizure({ ...seizure, value: { amount: '1', currency: 'euro' } }), '/value/currency pattern'],
    [() => read.readRescue({ ...rescue, count: 1.5 }), '/count type'],
    [() => read.readConclusion({}), '/outcome required'],
  ])('%s: %s', (act, expected) => {
    expect(wrong(act)).toBe(`400 invalid-request ${expected}`);
  });
});
