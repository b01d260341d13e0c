import type { OperationContent, Shield } from '#contracts';
import type { Fact } from '../records/fact.ts';
import type { Audience, Handling, Release } from '../records/release.ts';

/** What is planned, as its participants are told. */
export interface Plan {
  externalId?: string;
  content: OperationContent;
}
interface Shielded {
  shield: Shield;
}

export type OperationFact =
  | Fact<'operation-planned', Handling & Release & { fingerprint: string }, Plan & Shielded>
  | Fact<'operation-launched', object>
  | Fact<'operation-concluded', object, { outcome: string }>
  | Fact<'operation-reshielded', object, Shielded>
  | Fact<'operation-backfilled', Audience>
  | Fact<'operation-recalled', object, { reason: string }>
  | Fact<'operation-expired', object>
  | Fact<'operation-erased', object, { reason: string }>;

interface Led {
  id: string;
  handling: Handling;
  release: Release;
  plan: Plan;
  fingerprint: string;
  shield: Shield;
  /** How far its lead has brought it; what participants do is the joint view's to know. */
  stage: 'planned' | 'launched' | 'concluded';
  outcome: string | null;
  publications: number;
}

export type Operation =
  | { state: 'none' }
  | ({ state: 'released' } & Led)
  | ({ state: 'recalled' } & Led)
  | ({ state: 'expired' } & Led)
  | { state: 'erased'; id: string; handling: Handling; fingerprint: string };

export type HeldOperation = Exclude<Operation, { state: 'none' } | { state: 'erased' }>;

export const initialOperation: Operation = { state: 'none' };

const planned = (fact: OperationFact & { type: 'operation-planned' }): Operation => {
  const { fingerprint, category, classification, handlingCodes, reviewBy, ...release } = fact.data;
  const { shield, ...plan } = fact.sealed;
  return {
    state: 'released',
    id: fact.record,
    handling: { category, classification, handlingCodes, reviewBy },
    release,
    plan,
    fingerprint,
    shield,
    stage: 'planned',
    outcome: null,
    publications: 1,
  };
};

const ended = (operation: HeldOperation, type: OperationFact['type']): Operation => {
  if (type === 'operation-recalled') return { ...operation, state: 'recalled' };
  if (type === 'operation-expired') return { ...operation, state: 'expired' };
  const { id, handling, fingerprint } = operation;
  return { state: 'erased', id, handling, fingerprint };
};

/** A fact's effect. Facts have been decided on: nothing is refused here. Sealed parts may be gone once erased. */
export const evolve = (operation: Operation, fact: OperationFact): Operation => {
  const held = operation as HeldOperation;
  switch (fact.type) {
    case 'operation-planned':
      return planned(fact);
    case 'operation-launched':
      return { ...held, stage: 'launched', publications: held.publications + 1 };
    case 'operation-concluded':
      return { ...held, stage: 'concluded', outcome: fact.sealed.outcome, publications: held.publications + 1 };
    case 'operation-reshielded':
      return { ...held, shield: fact.sealed.shield };
    case 'operation-backfilled':
      return { ...held, release: { ...held.release, audience: fact.data } };
    default:
      return ended(held, fact.type);
  }
};
