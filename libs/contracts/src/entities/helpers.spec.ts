import { describe, expect, it } from '@jest/globals';
import {
  captionOf,
  countriesBehind,
  edgeEnds,
  entityProperties,
  identifierProperties,
  identifiersOf,
  isA,
  isEdge,
  isPartialDate,
  mergeShields,
  nationalities,
  normalizeIdentifier,
  shieldOf,
  shieldOfEntities,
  type Claimant,
} from './index.ts';
import { schemaInfo } from './model.ts';

describe('the model', () => {
  it('knows links and their ends', () => {
    expect(['Membership', 'UnknownLink', 'Ownership', 'Family', 'Associate', 'Representation'].every(isEdge)).toBe(
      true,
    );
    expect(['Person', 'Passport', 'Event', 'Trip', 'Nonsense', 'toString'].some(isEdge)).toBe(false);
    expect(edgeEnds('Membership')).toEqual({ source: 'member', target: 'organization' });
    expect(edgeEnds('Person')).toBeNull();
  });

  it('knows which properties name entities', () => {
    expect(entityProperties('Passport')).toContainEqual({ name: 'holder', range: 'LegalEntity' });
    expect(entityProperties('Membership').map(({ name }) => name)).toEqual(
      expect.arrayContaining(['member', 'organization']),
    );
    expect(entityProperties('Person').map(({ name }) => name)).not.toContain('associates');
    expect(entityProperties('Nonsense')).toEqual([]);
    expect(isA('Company', 'LegalEntity')).toBe(true);
    expect(isA('LegalEntity', 'Company')).toBe(false);
    expect(isA('Nonsense', 'Nonsense')).toBe(false);
  });

  it.each([
    ['Person', { alias: ['Beni'], name: ['Arben Shembulli', 'Arben'] }, 'Arben Shembulli'],
    ['Person', { alias: ['Beni'] }, 'Beni'],
    ['Person', {}, 'Person'],
    ['Vehicle', { registrationNumber: ['AA 123 BB'] }, 'AA 123 BB'],
    ['Passport', { number: ['BK1'] }, 'BK1'],
    ['Membership', { role: ['pilot'] }, 'pilot'],
    ['Membership', {}, 'Membership'],
    ['Nonsense', { name: ['x'] }, 'Nonsense'],
  ])('calls a %s with %j %s', (schema, properties, caption) =>
    expect(captionOf(schema, properties as Record<string, string[]>)).toBe(caption),
  );

  it.each(['1984', '1984-05', '1984-05-31', '2024-02-29', '2025-05-15T04', '2025-05-15T04:30', '2025-05-15T04:30:59'])(
    'takes the date %s',
    (text) => {
      expect(isPartialDate(text)).toBe(true);
    },
  );
  it.each([
    '84',
    '1984-5',
    '1984-00',
    '1984-05-32',
    '0000',
    '2025-02-29',
    '1984T10',
    '1984-05T10',
    '2025-05-15T24',
    '2025-05-15T04:30Z',
    '2025-05-15T',
    '',
    'T10',
    '1984/1985',
  ])('refuses the date %j', (text) => expect(isPartialDate(text)).toBe(false));
});

describe('identifiers', () => {
  it('are told by schema', () => {
    expect(identifierProperties('Person')).toEqual(
      expect.arrayContaining([
        { name: 'passportNumber', kind: 'passport' },
        { name: 'idNumber', kind: 'national-id' },
      ]),
    );
    expect(identifierProperties('Identification')).toEqual([{ name: 'number', kind: 'national-id' }]);
    expect(identifierProperties('Vessel')).toContainEqual({ name: 'imoNumber', kind: 'vessel' });
    expect(identifierProperties('Vehicle')).toEqual([{ name: 'registrationNumber', kind: 'vehicle' }]);
    expect(identifierProperties('Address')).toEqual([]);
    expect(identifierProperties('Nonsense')).toEqual([]);
  });

  it('of all schemas are properties that exist', () => {
    for (const schema of [
      'Person',
      'Organization',
      'Company',
      'Passport',
      'Identification',
      'Vehicle',
      'Vessel',
      'Airplane',
    ]) {
      const known = schemaInfo(schema)!.properties;
      for (const { name } of identifierProperties(schema))
        expect([schema, name, known.has(name)]).toEqual([schema, name, true]);
    }
  });

  it('compare in capitals without signs', () => {
    expect(normalizeIdentifier(' bk-123 456/7')).toBe('BK1234567');
  });

  it('reach the holder of a document', () => {
    const found = identifiersOf([
      { id: 'p', schema: 'Person', properties: { passportNumber: ['BK 123'], idNumber: ['-'] } },
      { id: 'd', schema: 'Passport', properties: { number: ['bk123'], holder: ['p'] } },
    ]);
    expect(found).toEqual([
      { entity: 'p', kind: 'passport', value: 'BK123' },
      { entity: 'd', kind: 'passport', value: 'BK123' },
    ]);
  });
});

describe('the shield', () => {
  const claimant = (nationality: string[], protectionClaim: Claimant['protectionClaim'] = true): Claimant => ({
    schema: 'Person',
    properties: { nationality },
    protectionClaim,
  });

  it('is nationalities, habitual residence and persecutors', () => {
    expect(shieldOf(claimant(['al']))).toEqual(['al']);
    expect(shieldOf(claimant(['XK', 'al'], { habitualResidence: ['sy'], persecutors: ['sy', 'ir'] }))).toEqual([
      'al',
      'ir',
      'sy',
      'xk',
    ]);
    expect(shieldOf({ ...claimant([]), properties: { citizenship: ['mk'] } })).toEqual(['mk']);
  });

  it('is ALL where no nationality can be read', () => {
    expect(shieldOf(claimant([]))).toBe('ALL');
    expect(shieldOf({ schema: 'Person', protectionClaim: true })).toBe('ALL');
    expect(shieldOf(claimant([], { habitualResidence: ['sy'] }))).toBe('ALL');
    expect(shieldOf(claimant(['zz']))).toBe('ALL');
    expect(shieldOf(claimant(['al', 'eu']))).toBe('ALL');
    expect(shieldOf(claimant(['al'], { persecutors: ['un'] }))).toBe('ALL');
  });

  it('is none without a claim, or for what is no person', () => {
    expect(shieldOf({ schema: 'Person', properties: { nationality: ['al'] } })).toBeNull();
    expect(shieldOf({ schema: 'Organization', protectionClaim: true })).toBeNull();
  });

  it('reaches what stands in the place of a part, or of a state that is no more', () => {
    expect(countriesBehind('gb-sct')).toEqual(['gb']);
    expect(shieldOf(claimant(['yucs']))).toEqual(['ba', 'hr', 'me', 'mk', 'rs', 'si', 'xk']);
    expect(countriesBehind('csxx')).toContain('me');
    expect(countriesBehind('toString')).toEqual([]);
  });

  it('of a record is that of everyone in it', () => {
    const others: Claimant[] = [{ schema: 'Person', properties: { nationality: ['gb'] } }, { schema: 'Organization' }];
    expect(shieldOfEntities(others)).toEqual([]);
    expect(shieldOfEntities([...others, claimant(['xk']), claimant(['al'])])).toEqual(['al', 'xk']);
    expect(shieldOfEntities([claimant(['xk']), claimant([])])).toBe('ALL');
    expect(mergeShields()).toEqual([]);
  });

  it('reads nationality and citizenship once each', () => {
    expect(nationalities({ properties: { nationality: ['al', 'AL'], citizenship: ['gb', 'al'] } })).toEqual([
      'al',
      'gb',
    ]);
    expect(nationalities({})).toEqual([]);
  });
});
