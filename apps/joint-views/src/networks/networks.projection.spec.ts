import { describe, expect, it } from '@jest/globals';
import type { EntityContent } from '#contracts';
import { networkRows } from './networks.projection.ts';

const id = (n: number) => `GB:01980000-0000-7000-8000-00000000000${n}`;
const arben: EntityContent = {
  id: id(1),
  schema: 'Person',
  properties: { name: ['Arben Hoxha', 'А. Хоџа'], nationality: ['al'], passportNumber: ['BA 123-456'] },
  assertion: 'fact',
  subjectCategory: 'suspect',
};
const ring: EntityContent = {
  id: id(2),
  schema: 'Organization',
  properties: { name: ['Rrjeti'] },
  assertion: 'assessment',
};
const membership: EntityContent = {
  id: id(3),
  schema: 'Membership',
  properties: { member: [id(1)], organization: [id(2)], role: ['pilot'] },
  assertion: 'assessment',
};
const passport: EntityContent = {
  id: id(4),
  schema: 'Passport',
  properties: { holder: [id(1)], number: ['BA123456'] },
  assertion: 'fact',
};

describe('a network', () => {
  it('has an entity for each thing, none for a link', () => {
    expect(networkRows('GB', [arben, ring, membership])['entities']).toEqual([
      {
        entity: id(1),
        position: 0,
        schema: 'Person',
        assertion: 'fact',
        subject_category: 'suspect',
        nationalities: ['al'],
      },
      {
        entity: id(2),
        position: 1,
        schema: 'Organization',
        assertion: 'assessment',
        subject_category: null,
        nationalities: [],
      },
    ]);
  });

  it('has a statement for each value, of links too', () => {
    const statements = networkRows('GB', [arben, membership])['statements']!;
    expect(statements.slice(0, 2)).toEqual([
      { entity: id(1), property: 'name', position: 0, value: 'Arben Hoxha', assertion: 'fact' },
      { entity: id(1), property: 'name', position: 1, value: 'А. Хоџа', assertion: 'fact' },
    ]);
    expect(statements).toContainEqual({
      entity: id(3),
      property: 'role',
      position: 0,
      value: 'pilot',
      assertion: 'assessment',
    });
  });

  it('has an edge for each link, and for each property that names another', () => {
    expect(networkRows('GB', [arben, ring, membership, passport])['links']).toEqual([
      { link: id(3), schema: 'Membership', source: id(1), target: id(2), assertion: 'assessment' },
      { link: id(4), schema: 'Passport', source: id(4), target: id(1), assertion: 'fact' },
    ]);
  });

  it('is found by every writing of a name', () => {
    const keys = networkRows('GB', [arben])['names']!.map(({ key }) => key);
    expect(keys).toContain('hoxha');
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('knows its documents, as numbers compare', () => {
    const identifiers = networkRows('GB', [arben, passport])['identifiers']!;
    expect(identifiers).toContainEqual({ entity: id(1), kind: 'passport', value: 'BA123456' });
    expect(identifiers.filter(({ entity }) => entity === id(1))).toHaveLength(1);
  });

  it.each<[string, EntityContent[]]>([
    ['an entity twice', [arben, arben]],
    ['a value that no index holds', [{ ...arben, properties: { name: ['x'.repeat(1001)] } }]],
    ['a name of an entity that none has', [{ ...membership, properties: { member: ['x'.repeat(101)] } }]],
    ["another member's entity", [{ ...arben, id: id(1).replace('GB', 'AL') }]],
    ["a link to another member's", [{ ...membership, properties: { member: [id(1).replace('GB', 'AL')] } }]],
  ])('refuses %s', (_, entities) => expect(() => networkRows('GB', entities)).toThrow(RangeError));
});
