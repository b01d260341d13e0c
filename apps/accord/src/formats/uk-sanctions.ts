import { Type, type Static } from '@sinclair/typebox';
import { countryCodeOf, InvalidRequest, validator, type FieldError } from '#contracts';
import type { Format, Mapped, Release } from './format.ts';

const text = Type.String();

/** One designation of the UK sanctions list, as its open data gives it, one JSON object a line. */
const Designation = Type.Object({
  unique_id: text,
  type: Type.Union([Type.Literal('individual'), Type.Literal('entity')], { description: 'an individual or an entity' }),
  regime: Type.Optional(text),
  date_designated: Type.Optional(text),
  last_updated: Type.Optional(text),
  names: Type.Optional(Type.Array(Type.Object({ type: text, full: text }))),
  dobs: Type.Optional(Type.Array(text)),
  identifiers: Type.Optional(Type.Array(Type.Object({ type: text, value: text }))),
  countries: Type.Optional(Type.Array(Type.Object({ role: text, country: text }))),
});
type Designation = Required<Static<typeof Designation>>;

const check = validator(Designation);

type Properties = Record<string, string[]>;

/** Years after the last update until a designation is reviewed. */
const REVIEW_YEARS = 5;

const IDENTIFIERS = new Map([
  ['national', 'idNumber'],
  ['passport', 'passportNumber'],
  ['business_registration_numbers', 'registrationNumber'],
]);

/** What a country's role becomes; a person has more than an organisation. */
const COUNTRIES: Record<Designation['type'], Record<string, string>> = {
  individual: { nationality: 'nationality', birth: 'birthCountry', address: 'country' },
  entity: { nationality: 'jurisdiction', address: 'country', birth: 'country' },
};

const wrong = (path: string, rule: string, message: string): FieldError => ({ path, rule, message });

/** dd/mm/yyyy, dd/mm/yyyy with unknown parts spelled as letters, or a year: to FollowTheMoney's partial dates. */
export const partialDate = (text: string): string | undefined => {
  const [, day, month, year] = /^(?:(\d\d|dd)\/(\d\d|mm)\/)?(\d{4})$/.exec(text.trim()) ?? [];
  if (year === undefined) return undefined;
  if (month === undefined || month === 'mm') return year;
  return day === 'dd' ? `${year}-${month}` : `${year}-${month}-${day}`;
};

const unique = (values: readonly string[]): string[] => [...new Set(values)];

const put = (properties: Properties, name: string, values: readonly string[]): void => {
  if (values.length > 0) properties[name] = unique([...(properties[name] ?? []), ...values]);
};

class Mapper {
  readonly errors: FieldError[] = [];

  names({ names }: Designation, into: Properties): void {
    const [primary] = names.filter((name) => name.type === 'primary');
    if (!primary) this.errors.push(wrong('/names', 'required', 'A designation has a primary name.'));
    put(into, 'name', primary ? [primary.full] : []);
    put(
      into,
      'alias',
      names.filter((name) => name !== primary && name.full !== primary?.full).map((name) => name.full),
    );
  }

  births({ dobs }: Designation, into: Properties): void {
    for (const [i, dob] of dobs.entries()) {
      const date = partialDate(dob);
      if (date === undefined)
        this.errors.push(
          wrong(`/dobs/${i}`, 'date', 'A date of birth is dd/mm/yyyy, with dd or mm where unknown, or a year.'),
        );
      else put(into, 'birthDate', [date]);
    }
  }

  countries({ type, countries }: Designation, into: Properties): void {
    for (const [i, { role, country }] of countries.entries()) {
      const code = countryCodeOf(country);
      const property = COUNTRIES[type][role];
      if (code === undefined)
        this.errors.push(wrong(`/countries/${i}/country`, 'country', 'This is no country that is known by name.'));
      else if (property === undefined)
        this.errors.push(wrong(`/countries/${i}/role`, 'enum', 'A country is a nationality, birth or address.'));
      else put(into, property, [code]);
    }
  }

  identifiers({ identifiers }: Designation, into: Properties): void {
    for (const [i, { type, value }] of identifiers.entries()) {
      const property = IDENTIFIERS.get(type);
      if (property === undefined)
        this.errors.push(wrong(`/identifiers/${i}/type`, 'enum', `Known: ${[...IDENTIFIERS.keys()].join(', ')}.`));
      else put(into, property, [value]);
    }
  }
}

const reviewBy = (updated: string): string | undefined => {
  const date = partialDate(updated);
  return date?.length === 10
    ? `${Number(date.slice(0, 4)) + REVIEW_YEARS}${date.slice(4).replace('-02-29', '-02-28')}`
    : undefined;
};

const entityOf = (designation: Designation, properties: Properties): object => ({
  id: 'subject',
  schema: designation.type === 'individual' ? 'Person' : 'Organization',
  properties,
  assertion: 'fact',
  ...(designation.type === 'individual' ? { subjectCategory: 'suspect' } : {}),
});

const bodyOf = (
  designation: Designation,
  properties: Properties,
  review: string,
  release: Release | undefined,
): string =>
  JSON.stringify({
    externalId: designation.unique_id,
    title: `UK sanctions designation ${designation.unique_id}`,
    category: 'intelligence',
    classification: 'OFFICIAL',
    grading: { scheme: '3x5x2', source: '1', information: 'A', handling: 'P' },
    handlingCodes: ['H0'],
    legalBasis: designation.regime,
    reviewBy: review,
    entities: [entityOf(designation, properties)],
    ...(release ? { release } : {}),
  });

const MISSING = {
  regime: '',
  date_designated: '',
  last_updated: '',
  names: [],
  dobs: [],
  identifiers: [],
  countries: [],
};

const parse = (line: string): Designation | FieldError[] => {
  try {
    return { ...MISSING, ...check(JSON.parse(line)) };
  } catch (error) {
    return error instanceof InvalidRequest ? [...error.errors] : [wrong('', 'json', 'The line is not JSON.')];
  }
};

const map = (line: string, release: Release | undefined): Exclude<Mapped, null> => {
  const designation = parse(line);
  if (Array.isArray(designation)) return { errors: designation };
  const mapper = new Mapper();
  const properties: Properties = {};
  mapper.names(designation, properties);
  if (designation.type === 'individual') mapper.births(designation, properties);
  mapper.countries(designation, properties);
  mapper.identifiers(designation, properties);
  const review = reviewBy(designation.last_updated || designation.date_designated);
  if (review === undefined) mapper.errors.push(wrong('/last_updated', 'date', 'A date is dd/mm/yyyy.'));
  return mapper.errors.length > 0 || review === undefined
    ? { errors: mapper.errors }
    : { body: bodyOf(designation, properties, review, release) };
};

export const ukSanctions = {
  name: 'uk-sanctions',
  description: "the UK sanctions list as JSON lines; a designation's unique_id becomes the externalId",
  path: '/v1/reports',
  batch: true,
  map,
} satisfies Format;
