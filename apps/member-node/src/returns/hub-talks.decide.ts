import { RuleBroken, WrongState, type HubTalksBody, type HubTalksContent } from '#contracts';
import type { On } from '../systems/declaration.ts';
import { assertOtherCountry } from './country.ts';

/** Talks with a country about a hub there, and once they are agreed the hub itself. */
export interface HubTalks extends Omit<HubTalksContent, 'handlingText'> {
  /** Why they came to nothing. It stays at home. */
  reason?: string;
  /** The returns whose people have a place in the hub: nobody but this member's node books. */
  taken: readonly string[];
}

export const propose = ({ country }: HubTalksBody, { member }: Pick<On, 'member'>): HubTalks => {
  assertOtherCountry(country, '/country', member);
  return { country, stage: 'proposed', taken: [] };
};

export const start = (now: HubTalks): HubTalks => {
  if (now.stage !== 'proposed') throw new WrongState('hub-talks.not-proposed', 'The talks have begun, or have ended.');
  return { ...now, stage: 'in-talks' };
};

export const agree = (now: HubTalks, places: number): HubTalks => {
  if (now.stage !== 'in-talks') {
    throw new WrongState('hub-talks.not-in-talks', 'The talks have not begun, or have ended.');
  }
  return { ...now, stage: 'agreed', places };
};

export const decline = (now: HubTalks, reason: string): HubTalks => {
  if (now.stage === 'agreed' || now.stage === 'declined') {
    throw new WrongState('hub-talks.ended', 'The talks have ended.');
  }
  return { ...now, stage: 'declined', reason };
};

/** A hub that isn't there, or isn't agreed: which, is told to nobody who doesn't know it. */
export const hubUnknown = (): RuleBroken =>
  new RuleBroken('hub.unknown', [
    { path: '/hub', rule: 'known-hub', message: 'This names no hub that this member has agreed.' },
  ]);

/** A place for the person of a return. Booked before, it is that place still. */
export const book = (now: HubTalks, returned: string): HubTalks => {
  if (now.stage !== 'agreed') throw hubUnknown();
  if (now.taken.includes(returned)) return now;
  if (now.taken.length >= (now.places ?? 0)) {
    throw new RuleBroken('hub.full', [{ path: '/hub', rule: 'free-place', message: 'No place is free in this hub.' }]);
  }
  return { ...now, taken: [...now.taken, returned] };
};

/** The person of that return has left the hub. */
export const leave = (now: HubTalks, returned: string): HubTalks =>
  now.taken.includes(returned) ? { ...now, taken: now.taken.filter((one) => one !== returned) } : now;
