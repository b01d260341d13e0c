import { describe, expect, it } from '@jest/globals';
import type { Problem } from '#contracts';
import { fact } from '../records/fact.ts';
import { decide, type OperationCommand } from './operation.decide.ts';
import { publicationOf } from './operation.release.ts';
import { evolve, initialOperation, type Operation, type OperationFact } from './operation.ts';

const O = '01980000-0000-7000-8000-0000000000a1';
const handling = {
  category: 'operation',
  classification: 'OFFICIAL',
  handlingCodes: ['H0'],
  reviewBy: '2029-01-31',
} as const;
const release = {
  audience: { members: ['AL'], taskForce: false, registrySequence: 5 },
  purposes: ['people-smuggling'] as const,
  notBefore: null,
  releasedAt: '2026-02-01T12:00:00.000Z',
};
const content = {
  name: 'Operation Shembull',
  participants: ['AL'],
  area: 'Durrës',
  window: { from: '2026-01-01T00:00:00Z', to: '2026-01-02T00:00:00Z' },
  targets: [],
};
const planned: OperationFact = fact(
  'operation-planned',
  O,
  { ...handling, ...release, fingerprint: 'f' },
  { content, shield: ['al'] },
);
const launched: OperationFact = fact('operation-launched', O, {}, {});
const concluded: OperationFact = fact('operation-concluded', O, {}, { outcome: 'Dissolved' });
const recalled: OperationFact = fact('operation-recalled', O, {}, { reason: 'r' });
const erased: OperationFact = fact('operation-erased', O, {}, { reason: 'r' });

const given = (...facts: OperationFact[]) => {
  const operation = facts.reduce(evolve, initialOperation);
  return {
    when: (command: OperationCommand) => ({
      then: (...expected: OperationFact[]) => expect(decide(operation, command)).toEqual(expected),
      fails: (code: string) => {
        let thrown: unknown;
        try {
          decide(operation, command);
        } catch (error) {
          thrown = error;
        }
        expect((thrown as Problem)?.code).toBe(code);
      },
    }),
  };
};

describe('deciding on an operation', () => {
  it('goes from plan to launch to conclusion', () => {
    given(planned).when({ type: 'launch' }).then(launched);
    given(planned, launched).when({ type: 'conclude', outcome: 'Dissolved' }).then(concluded);
  });

  it('names the state that does not allow a command', () => {
    given(planned).when({ type: 'conclude', outcome: 'x' }).fails('operation.not-launched');
    given(planned, launched).when({ type: 'launch' }).fails('operation.launched');
    given(planned, launched, concluded).when({ type: 'conclude', outcome: 'x' }).fails('operation.concluded');
    given(planned, recalled).when({ type: 'launch' }).fails('operation.recalled');
    given(planned, erased).when({ type: 'erase', reason: 'r' }).fails('operation.erased');
  });

  it('is shielded again only where that keeps out more, and ends', () => {
    given(planned)
      .when({ type: 'reshield', shield: ['al'] })
      .then();
    const wider: OperationFact = fact('operation-reshielded', O, {}, { shield: ['al', 'rs'] });
    given(planned)
      .when({ type: 'reshield', shield: ['rs'] })
      .then(wider);
    given(planned)
      .when({ type: 'expire' })
      .then(fact('operation-expired', O, {}, {}));
    given(planned, launched).when({ type: 'recall', reason: 'r' }).then(recalled);
    given(planned, recalled).when({ type: 'erase', reason: 'r' }).then(erased);
  });

  it('leaves the country with each fact, and never with a reason', () => {
    let state: Operation = initialOperation;
    const sent = [planned, launched, concluded, recalled, erased].map((one) => {
      const after = evolve(state, one);
      const publication = publicationOf(one, state, after);
      state = after;
      return publication;
    });
    expect(sent.map(({ type, recordVersion }) => [type, recordVersion])).toEqual([
      ['accord.operations.operation-planned.v1', 1],
      ['accord.operations.operation-launched.v1', 2],
      ['accord.operations.operation-concluded.v1', 3],
      ['accord.records.record-recalled.v1', undefined],
      ['accord.records.record-erased.v1', undefined],
    ]);
    expect(sent[2]).toMatchObject({ content: { outcome: 'Dissolved' }, shield: ['al'], access: { audience: ['AL'] } });
  });
});
