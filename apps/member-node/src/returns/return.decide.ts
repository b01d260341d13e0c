import { RuleBroken, WrongState, type ReturnBody, type ReturnContent, type ReturnStage } from '#contracts';
import type { Making } from '../systems/declaration.ts';
import { assertOtherCountry } from './country.ts';
import { personOf, type Person } from './person.ts';

/** A return as the state that returns keeps it. */
export interface ReturnCase extends Omit<ReturnContent, 'person' | 'handlingText'> {
  person: Person;
  /** Claims for protection that were finally refused before it was opened. They never leave the node. */
  refusedClaims: readonly string[];
  /** The hub in which a place is asked for, and perhaps taken, until the person is there. It stays at home. */
  asked?: string;
}

/** Nobody is returned while an appeal is pending. What was claimed and finally refused doesn't shield the return. */
export const openReturn = (body: ReturnBody, on: Making): ReturnCase => {
  if (body.appeals === 'pending') {
    const message = 'Nobody is returned while an appeal is pending.';
    throw new RuleBroken('return.appeal-pending', [{ path: '/appeals', rule: 'exhausted', message }]);
  }
  const { returnTo, evidence, biometricReference } = body;
  assertOtherCountry(returnTo, '/returnTo', on.member);
  return {
    person: personOf(body.person, on),
    returnTo,
    evidence,
    ...(biometricReference === undefined ? {} : { biometricReference }),
    stage: 'opened',
    openedAt: on.at,
    refusedClaims: on.claims,
  };
};

const DETAILS: Record<ReturnStage, string> = {
  opened: 'Nothing has been done for the return yet.',
  'documents-requested': 'Documents are requested already.',
  'return-scheduled': 'The return is scheduled already.',
  returned: 'The person is returned already.',
  'transferred-to-hub': 'The person is in a hub.',
  absconded: 'The person has absconded.',
  closed: 'The return is closed.',
};

const assertStage = (now: ReturnCase, ...allowed: ReturnStage[]): void => {
  if (!allowed.includes(now.stage)) throw new WrongState(`return.${now.stage}`, DETAILS[now.stage]);
};

const BEFORE: readonly ReturnStage[] = ['opened', 'documents-requested'];

const assertScheduled = (now: ReturnCase): void => {
  if (BEFORE.includes(now.stage)) throw new WrongState('return.not-scheduled', 'The return has not been scheduled.');
  assertStage(now, 'return-scheduled');
};

export const requestDocuments = (now: ReturnCase, at: string): ReturnCase => {
  assertStage(now, 'opened');
  return { ...now, stage: 'documents-requested', requestedAt: at };
};

/**
 * Whether a document was issued is the other state's word, which this node can't know: none is asked for. A return may be
 * scheduled anew.
 */
export const schedule = (now: ReturnCase, at: string): ReturnCase => {
  assertStage(now, 'opened', 'documents-requested', 'return-scheduled');
  return { ...now, stage: 'return-scheduled', scheduledFor: at };
};

export const complete = (now: ReturnCase, at: string): ReturnCase => {
  assertScheduled(now);
  return { ...settled(now), stage: 'returned', returnedAt: at };
};

export const abscond = (now: ReturnCase, at: string): ReturnCase => {
  assertStage(now, 'opened', 'documents-requested', 'return-scheduled');
  return { ...settled(now), stage: 'absconded', abscondedAt: at };
};

/** A place is taken in a record of its own, before the transfer: what is said here first tells where, if nothing follows. */
export const askForPlace = (now: ReturnCase, hub: string): ReturnCase =>
  now.asked === hub ? now : { ...now, asked: hub };

/** The same transfer said again is no other one. */
export const transfer = (now: ReturnCase, { hub, at }: { hub: string; at: string }): ReturnCase => {
  assertScheduled(now);
  return { ...settled(now), stage: 'transferred-to-hub', transferredAt: at, hub };
};

/** No place is asked for any more. */
const settled = (now: ReturnCase): ReturnCase => {
  const rest = { ...now };
  delete rest.asked;
  return rest;
};

export const close = (now: ReturnCase, at: string): ReturnCase => {
  if (BEFORE.includes(now.stage) || now.stage === 'return-scheduled') {
    throw new WrongState('return.not-ended', 'The person is neither returned, nor in a hub, nor gone.');
  }
  assertStage(now, 'returned', 'transferred-to-hub', 'absconded');
  return { ...now, stage: 'closed', closedAt: at };
};
