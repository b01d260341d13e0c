import { fact, type Fact } from '../records/fact.ts';
import type { RecordModule, Summary } from '../records/record-module.ts';
import type { Handling, Publication } from '../records/release.ts';

/** What this member says of an operation that another may lead. Whether it counts is the joint view's to judge. */
export type ClaimKind = 'approve' | 'launch' | 'conclude';

export type ClaimFact = Fact<'claim-made', Handling & { claim: ClaimKind }, { operation: string; outcome?: string }>;

export type Claim =
  | { state: 'none' }
  | { state: 'made'; id: string; claim: ClaimKind; handling: Handling; operation: string; outcome?: string };

export interface MakeClaim {
  type: 'make';
  id: string;
  claim: ClaimKind;
  handling: Handling;
  operation: string;
  outcome?: string;
}
export type ClaimCommand = MakeClaim | { type: 'nothing' };

/** Only an approval is anybody else's to hear of: an operation is launched and concluded by its lead's own record. */
const publicationOf = ({ record, data, sealed }: ClaimFact): Publication | null =>
  data.claim === 'approve'
    ? {
        type: 'accord.operations.operation-approved.v1',
        record,
        recordVersion: 1,
        shield: [],
        content: { operation: sealed.operation },
      }
    : null;

const decide = (claim: Claim, command: ClaimCommand): ClaimFact[] => {
  if (command.type === 'nothing' || claim.state !== 'none') return [];
  const { id, handling, operation, outcome } = command;
  const said = outcome === undefined ? { operation } : { operation, outcome };
  return [fact('claim-made', id, { ...handling, claim: command.claim }, said)];
};

const evolve = (_: Claim, { record, data, sealed }: ClaimFact): Claim => {
  const { claim, ...handling } = data;
  return { state: 'made', id: record, claim, handling, ...sealed };
};

const summary = (claim: Claim): Summary | null =>
  claim.state === 'none'
    ? null
    : {
        state: claim.state,
        classification: claim.handling.classification,
        reviewBy: claim.handling.reviewBy,
        satellites: [],
        touches: [],
      };

export const claims: RecordModule<Claim, ClaimFact, ClaimCommand> = {
  kind: 'claim',
  initial: { state: 'none' },
  evolve,
  decide,
  publicationOf,
  summary,
  // A claim touches nobody and is never reviewed: it is a word given, not something known.
  reshield: () => ({ type: 'nothing' }),
  expire: () => ({ type: 'nothing' }),
  backfill: () => ({ type: 'nothing' }),
};
