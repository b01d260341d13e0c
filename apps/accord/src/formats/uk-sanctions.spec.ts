import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { partialDate, ukSanctions } from './uk-sanctions.ts';

const designation = {
  unique_id: 'TST0001',
  type: 'individual',
  regime: 'The Example Regulations 2025',
  date_designated: '23/07/2025',
  last_updated: '13/08/2025',
  names: [
    { type: 'primary', full: 'Arben SHEMBULLI' },
    { type: 'primary_variation', full: 'Arbën Shembulli' },
    { type: 'alias', full: 'Beni' },
  ],
  dobs: ['10/10/1985', 'dd/mm/1986', '1987'],
  identifiers: [{ type: 'national', value: '1234567890' }],
  countries: [
    { role: 'nationality', country: 'Bosnia and Herzegovina' },
    { role: 'birth', country: 'Kosovo' },
    { role: 'address', country: 'United Arab Emirates' },
  ],
};

const mapped = (over: object, release?: Parameters<typeof ukSanctions.map>[1]) => {
  const result = ukSanctions.map(JSON.stringify({ ...designation, ...over }), release);
  return 'body' in result ? (JSON.parse(result.body) as Record<string, unknown>) : result;
};

describe('partialDate', () => {
  it.each([
    ['10/10/1985', '1985-10-10'],
    ['dd/mm/1969', '1969'],
    ['dd/04/1969', '1969-04'],
    ['1973', '1973'],
    ['10-10-1985', undefined],
    ['85', undefined],
  ])('reads %s as %s', (text, date) => expect(partialDate(text)).toBe(date));
});

describe('the format uk-sanctions', () => {
  it('makes a person of an individual, with all that the list says', () => {
    expect(mapped({})).toEqual({
      externalId: 'TST0001',
      title: 'UK sanctions designation TST0001',
      category: 'intelligence',
      classification: 'OFFICIAL',
      grading: { scheme: '3x5x2', source: '1', information: 'A', handling: 'P' },
      handlingCodes: ['H0'],
      legalBasis: 'The Example Regulations 2025',
      reviewBy: '2030-08-13',
      entities: [
        {
          id: 'subject',
          schema: 'Person',
          properties: {
            name: ['Arben SHEMBULLI'],
            alias: ['Arbën Shembulli', 'Beni'],
            birthDate: ['1985-10-10', '1986', '1987'],
            nationality: ['ba'],
            birthCountry: ['xk'],
            country: ['ae'],
            idNumber: ['1234567890'],
          },
          assertion: 'fact',
          subjectCategory: 'suspect',
        },
      ],
    });
  });

  it('makes an organisation of an entity', () => {
    const body = mapped({
      type: 'entity',
      dobs: [],
      identifiers: [{ type: 'business_registration_numbers', value: '1170' }],
      countries: [{ role: 'address', country: 'Serbia' }],
    });
    expect(body).toMatchObject({
      entities: [
        {
          schema: 'Organization',
          properties: { name: ['Arben SHEMBULLI'], registrationNumber: ['1170'], country: ['rs'] },
        },
      ],
    });
  });

  it('adds a release', () => {
    expect(mapped({}, { audience: 'TASK_FORCE', purposes: ['people-smuggling'] })).toMatchObject({
      release: { audience: 'TASK_FORCE', purposes: ['people-smuggling'] },
    });
  });

  it('names what it cannot read', () => {
    const over = {
      names: [],
      dobs: ['soon'],
      identifiers: [{ type: 'tattoo', value: 'x' }],
      countries: [
        { role: 'nationality', country: 'Atlantis' },
        { role: 'dream', country: 'Iraq' },
      ],
      last_updated: 'never',
    };
    expect(mapped(over)).toMatchObject({
      errors: [
        { path: '/names' },
        { path: '/dobs/0' },
        { path: '/countries/0/country' },
        { path: '/countries/1/role' },
        { path: '/identifiers/0/type' },
        { path: '/last_updated' },
      ],
    });
    expect(ukSanctions.map('{', undefined)).toMatchObject({ errors: [{ rule: 'json' }] });
    expect(ukSanctions.map('{}', undefined)).toMatchObject({ errors: [{ path: '/unique_id' }, { path: '/type' }] });
  });

  it.each([
    ['null', ''],
    ['[]', ''],
    ['{"unique_id":"X1","type":"entity","names":null}', '/names'],
    ['{"unique_id":"X1","type":"entity","names":[null]}', '/names/0'],
    ['{"unique_id":"X1","type":"individual","dobs":[1985]}', '/dobs/0'],
    ['{"unique_id":"X1","type":"individual","countries":[{"role":"nationality"}]}', '/countries/0/country'],
    ['{"unique_id":"X1","type":"individual","last_updated":2025}', '/last_updated'],
    ['{"unique_id":"X1","type":"ship"}', '/type'],
  ])('refuses a line of another shape, and goes on: %s', (line, path) => {
    expect(ukSanctions.map(line, undefined)).toMatchObject({ errors: [{ path }] });
  });

  const data = process.env['ACCORD_DATA'];
  const file = data === undefined ? undefined : join(data, 'uk-sanctions-people-smuggling.jsonl');
  (file !== undefined && existsSync(file) ? it : it.skip)(
    'reads every line of the real list (needs ACCORD_DATA)',
    () => {
      const lines = readFileSync(file!, 'utf8').trim().split('\n');
      const results = lines.map((line) => ukSanctions.map(line, undefined));
      expect(results.filter((result) => 'errors' in result)).toEqual([]);
      expect(results).toHaveLength(38);
    },
  );
});
