import { EncounterBody, type EncounterContent } from '#contracts';
import { defineSystem } from '../systems/system.ts';
import { namedIn, personOf, recordName, touchOf, type Person } from './person.ts';

/** Somebody was met, as this member keeps it. */
export interface Encounter extends Omit<EncounterContent, 'person' | 'handlingText'> {
  person: Person;
  /** It shields, and never leaves the node. */
  asylumClaimed: boolean;
}

/** Encounters: at a border, at sea, in the country. Whether they are re-entries is the joint views' to find. */
export const encounters = defineSystem<Encounter, EncounterBody>({
  kind: 'encounter',
  path: 'encounters',
  category: 'return',
  body: EncounterBody,
  happened: ['at'],
  summary: 'Record that a person was met',
  released: 'accord.returns.encounter-recorded.v1',
  names: namedIn,
  content: ({ person, at, place, asylumClaimed, biometricReference }, on) => ({
    person: personOf(person, on),
    at,
    place,
    asylumClaimed,
    ...(biometricReference === undefined ? {} : { biometricReference }),
  }),
  leaves: ({ person, at, place, biometricReference }) => ({
    person,
    at,
    place,
    ...(biometricReference === undefined ? {} : { biometricReference }),
  }),
  touches: (content, { id }) => touchOf(content, recordName('encounter', id), { claimed: content.asylumClaimed }),
  transitions: [],
});
