import { describe, expect, it } from '@jest/globals';
import { RuleBroken } from '../problems/problem.ts';
import type { EntityInput } from '../schemas/reports.ts';
import { checkEntities, globalReferences, withGlobalIds, type EntityCheckOptions } from './index.ts';

const KNOWN = 'GB:01980000-0000-7000-8000-000000000001';
const OTHERS = 'AL:01980000-0000-7000-8000-000000000002';
const UNKNOWN = 'GB:01980000-0000-7000-8000-000000000003';
const options: EntityCheckOptions = { member: 'GB', known: (id) => id === KNOWN || id === OTHERS };

const person: EntityInput = {
  id: 'p1',
  schema: 'Person',
  properties: { name: ['Arben Shembulli'], birthDate: ['1984'], nationality: ['AL'] },
  subjectCategory: 'suspect',
  assertion: 'fact',
};
const organization: EntityInput = {
  id: 'o1',
  schema: 'Organization',
  properties: { name: ['Rrjeti Shembull'] },
  assertion: 'assessment',
};
const membership: EntityInput = {
  id: 'm1',
  schema: 'Membership',
  properties: { member: ['p1'], organization: ['o1'], role: ['pilot'] },
  assertion: 'assessment',
};
const report = [person, organization, membership];
const of = (schema: string, properties: Record<string, string[]>, over: Partial<EntityInput> = {}): EntityInput => ({
  id: 'x',
  schema,
  properties,
  assertion: 'fact',
  ...over,
});

function wrong(entities: EntityInput[], over: Partial<EntityCheckOptions> = {}): string[] {
  try {
    checkEntities(entities, { ...options, ...over });
  } catch (error) {
    expect(error).toBeInstanceOf(RuleBroken);
    const { code, errors } = error as RuleBroken;
    expect(code).toBe('entity.invalid');
    expect(JSON.stringify(errors)).not.toContain('SECRET');
    return errors.map((e) => `${e.path} ${e.rule}`);
  }
  return [];
}

describe('checkEntities', () => {
  it('answers what passed, country codes in lower case, empty properties left out', () => {
    const [checked] = checkEntities(
      [{ ...person, properties: { ...person.properties, alias: [] } }, organization, membership],
      options,
    );
    expect(checked!.properties).toEqual({ name: ['Arben Shembulli'], birthDate: ['1984'], nationality: ['al'] });
    expect(wrong([])).toEqual([]);
    expect(wrong([{ id: 'x', schema: 'Vehicle', assertion: 'fact' }])).toEqual([]);
  });

  it.each([
    ['Vessel', { name: ['Shpresa'], flag: ['me'], imoNumber: ['IMO 9074729'] }],
    ['Vehicle', { registrationNumber: ['AA 123 BB'] }],
    ['Address', { full: ['Rruga e Shembullit 1, Durrës'], country: ['al'] }],
    ['UserAccount', { username: ['shembull'], service: ['Telegram'] }],
    ['BankAccount', { iban: ['AL47212110090000000235698741'] }],
    ['Passport', { number: ['BK1234567'], country: ['al'], holder: [KNOWN] }],
    ['Event', { name: ['Crossing'], date: ['2025-05-15T04:30'] }],
  ])('takes a %s', (schema, properties) =>
    expect(wrong([of(schema, properties as Record<string, string[]>)])).toEqual([]),
  );

  it.each([
    [of('Persona', { name: ['SECRET'] }), ['/entities/0/schema unknown-schema']],
    [of('toString', {}), ['/entities/0/schema unknown-schema']],
    [of('Thing', { name: ['x'] }), ['/entities/0/schema abstract-schema']],
    [of('Interval', {}), ['/entities/0/schema abstract-schema']],
    [of('Vehicle', { nationality: ['al'] }), ['/entities/0/properties/nationality unknown-property']],
    [of('Vehicle', { constructor: ['SECRET'] }), ['/entities/0/properties/constructor unknown-property']],
    [{ ...person, properties: { associates: ['p1'] } }, ['/entities/0/properties/associates stub']],
    [{ ...person, properties: { name: [' '] } }, ['/entities/0/properties/name blank']],
    [{ ...person, properties: { name: ['ok', 'SECRET'.repeat(200)] } }, ['/entities/0/properties/name maxLength']],
    [{ ...person, properties: { name: Array(101).fill('x') } }, ['/entities/0/properties/name maxItems']],
    [{ ...person, properties: { nationality: ['SECRET'] } }, ['/entities/0/properties/nationality country']],
    [{ ...person, properties: { nationality: ['Albania'] } }, ['/entities/0/properties/nationality country']],
    [{ ...person, properties: { birthDate: ['1984-13'] } }, ['/entities/0/properties/birthDate date']],
    [{ ...person, properties: { birthDate: ['2025-02-29'] } }, ['/entities/0/properties/birthDate date']],
    [{ ...person, properties: { birthDate: ['12/05/1984'] } }, ['/entities/0/properties/birthDate date']],
    [{ ...person, properties: { birthDate: ['1984-05T10'] } }, ['/entities/0/properties/birthDate date']],
    [{ ...person, properties: { gender: ['m'] } }, ['/entities/0/properties/gender enum']],
    [{ ...person, properties: { topics: ['crime.nice'] } }, ['/entities/0/properties/topics enum']],
    [{ ...person, properties: { email: ['SECRET'] } }, ['/entities/0/properties/email email']],
    [{ ...person, properties: { website: ['javascript:alert(1)'] } }, ['/entities/0/properties/website url']],
    [{ ...person, subjectCategory: undefined }, ['/entities/0/subjectCategory required']],
    [of('LegalEntity', { name: ['x'] }), ['/entities/0/subjectCategory required']],
    [{ ...person, assertion: undefined as never }, ['/entities/0/assertion required']],
    [{ ...organization, protectionClaim: true as const }, ['/entities/0/protectionClaim person-only']],
    [{ ...person, protectionClaim: { persecutors: ['qq'] } }, ['/entities/0/protectionClaim/persecutors country']],
    [of('Membership', {}), ['/entities/0/properties/member required', '/entities/0/properties/organization required']],
    [of('Membership', { member: [KNOWN], organization: [] }), ['/entities/0/properties/organization required']],
    [of('Membership', { member: ['nobody'], organization: [KNOWN] }), ['/entities/0/properties/member unknown-entity']],
    [of('Membership', { member: [UNKNOWN], organization: [KNOWN] }), ['/entities/0/properties/member unknown-entity']],
    [of('Membership', { member: [OTHERS], organization: [KNOWN] }), ['/entities/0/properties/member unknown-entity']],
    [of('Passport', { number: ['1'], holder: ['x'] }), ['/entities/0/properties/holder range']],
    [{ ...person, id: UNKNOWN }, ['/entities/0/id unknown-entity']],
    [{ ...person, id: OTHERS }, ['/entities/0/id unknown-entity']],
  ] as [EntityInput, string[]][])('refuses %j: %j', (entity, expected) => expect(wrong([entity])).toEqual(expected));

  it('tells a link whose ends have the wrong schema, as far as it knows', () => {
    const turned = of('Membership', { member: ['p1'], organization: ['p1'] });
    expect(wrong([person, turned])).toEqual(['/entities/1/properties/organization range']);
    const global = of('Membership', { member: ['p1'], organization: [KNOWN] });
    expect(wrong([person, global])).toEqual([]);
    expect(wrong([person, global], { schemaOf: () => 'Person' })).toEqual([
      '/entities/1/properties/organization range',
    ]);
    expect(wrong([person, global], { schemaOf: () => 'Company' })).toEqual([]);
  });

  it('names every place, up to twenty, below the path that it is given', () => {
    expect(wrong([person, { ...person, schema: 'Persona' }], { path: '/release/tearLine/entities' })).toEqual([
      '/release/tearLine/entities/1/id unique',
      '/release/tearLine/entities/1/schema unknown-schema',
    ]);
    expect(wrong(Array(400).fill(of('Persona', {})))).toHaveLength(20);
    expect(wrong(Array.from({ length: 501 }, (_, i) => ({ ...organization, id: `o${i}` })))).toEqual([
      '/entities maxItems',
    ]);
  });

  it('takes an entity that the member has used before', () => {
    expect(wrong([{ ...person, id: KNOWN }])).toEqual([]);
  });

  it('writes a claim in lower case', () => {
    const [checked] = checkEntities([{ ...person, protectionClaim: { persecutors: ['SY'] } }], options);
    expect(checked!.protectionClaim).toEqual({ persecutors: ['sy'] });
  });
});

describe('ids', () => {
  it('that look global are found where they name entities, and only there', () => {
    const link = of('UnknownLink', { subject: ['p1', KNOWN], object: [OTHERS], role: [UNKNOWN] });
    expect(globalReferences([person, link, { ...organization, id: KNOWN }])).toEqual([KNOWN, OTHERS]);
  });

  it('become global in links too', () => {
    const checked = checkEntities(report, options);
    const ids = new Map([
      ['p1', KNOWN],
      ['o1', UNKNOWN],
      ['m1', OTHERS],
      ['pilot', 'never'],
    ]);
    const [, , link] = withGlobalIds(checked, ids);
    expect(link).toEqual({
      ...membership,
      id: OTHERS,
      properties: { member: [KNOWN], organization: [UNKNOWN], role: ['pilot'] },
    });
  });
});
