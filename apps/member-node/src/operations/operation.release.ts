import { accessOf, ending, extension, type Publication } from '../records/release.ts';
import type { HeldOperation, Operation, OperationFact } from './operation.ts';

type Rule = (fact: OperationFact, before: Operation, after: Operation) => Publication;

const said = (type: string, operation: HeldOperation, content: object): Publication => ({
  type: `accord.operations.${type}.v1`,
  record: operation.id,
  recordVersion: operation.publications,
  access: accessOf(operation.release, operation.handling),
  shield: operation.shield,
  content,
});

const RULES: { [Type in OperationFact['type']]?: Rule } = {
  'operation-planned': (_fact, _before, after) =>
    said('operation-planned', after as HeldOperation, (after as HeldOperation).plan.content),
  'operation-launched': (_fact, _before, after) => said('operation-launched', after as HeldOperation, {}),
  'operation-concluded': (_fact, _before, after) =>
    said('operation-concluded', after as HeldOperation, { outcome: (after as HeldOperation).outcome }),
  'operation-reshielded': (fact, _before, after) => ({
    ...ending('record-reshielded', fact.record),
    shield: (after as HeldOperation).shield,
  }),
  'operation-backfilled': (_fact, _before, after) => {
    const { id, release, handling } = after as HeldOperation;
    return extension(id, release, handling);
  },
};

/** An operation is released by being planned, so every fact of it leaves. What isn't listed is an end. */
export const publicationOf: Rule = (fact, before, after) =>
  (RULES[fact.type] ?? (({ type, record }) => ending(type.replace(/^operation-/, 'record-'), record)))(
    fact,
    before,
    after,
  );
