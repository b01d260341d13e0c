import { checkEntities, entityId, parseEntityId, RuleBroken, uuidv8, type PersonInput } from '#contracts';
import type { PersonFacts, Touch } from '../records/record-module.ts';
import { touchesOf } from '../records/touches.ts';
import type { On } from '../systems/declaration.ts';

/** What a body names whom a record of this member must have named before. */
export const namedIn = ({ person: { id } }: { person: PersonInput }): { id: string; path: string }[] =>
  id === undefined ? [] : [{ id, path: '/person/id' }];

/** A person of a return or an encounter, under a global id. */
export interface Person {
  id: string;
  schema: 'Person';
  properties: Record<string, string[]>;
}

/**
 * Checks a person against the FollowTheMoney model and gives it its global id: one of this member's that the caller
 * names, or one made of the record's. Throws RuleBroken `entity.invalid` at /person/….
 */
export const personOf = (given: PersonInput, { id, member }: Pick<On, 'id' | 'member'>): Person => {
  if (given.id !== undefined && parseEntityId(given.id)?.member !== member) {
    const message = 'This is no global id of this member.';
    throw new RuleBroken('entity.invalid', [{ path: '/person/id', rule: 'unknown-entity', message }]);
  }
  return {
    id: given.id ?? entityId(member, uuidv8(id, 'person')),
    schema: 'Person',
    properties: checked(given.properties, member),
  };
};

const checked = (properties: Record<string, string[]>, member: string): Record<string, string[]> => {
  const entity = { id: 'person', schema: 'Person', properties, assertion: 'fact', subjectCategory: 'other' } as const;
  try {
    return checkEntities([entity], { member, known: () => false, path: '' })[0]!.properties;
  } catch (error) {
    throw error instanceof RuleBroken ? atPerson(error) : error;
  }
};

/** A person alone is no list of entities: its place is named as the caller knows it. */
const atPerson = ({ errors }: RuleBroken): RuleBroken =>
  new RuleBroken(
    'entity.invalid',
    errors.map((error) => ({ ...error, path: error.path.replace(/^\/0/, '/person') })),
  );

/** The person of a record, where a word names the record alone. */
export const recordName = (kind: 'return' | 'encounter', id: string): string => `${kind} ${id.toLowerCase()}`;

interface Known {
  person: Person;
  biometricReference?: string;
}

/** Whom a record is about: by id, by document and national identifier, by biometric reference, and by the record's name. */
export const touchOf = (
  { person, biometricReference }: Known,
  name: string,
  facts: Partial<PersonFacts>,
): readonly Touch[] =>
  touchesOf([person]).map((touch) => {
    if (touch.entity !== person.id || !touch.person) return touch;
    const biometric = biometricReference === undefined ? [] : [`biometric ${biometricReference.trim()}`];
    const identifiers = [...touch.identifiers, ...biometric, name];
    return { ...touch, person: { ...touch.person, ...facts }, identifiers };
  });
