import { identifiersOf, nameKeys, type EncounterContent } from '#contracts';
import type { Row } from '../records/record.ts';

/** A document's number is short, and so is a name; what is longer compares with nothing, and no index could hold it. */
const LONGEST = 200;

/** Identifiers that mean the same person wherever they stand. */
const STRONG: readonly string[] = ['passport', 'national-id'];

/** Nobody has so many: a record that says more would fill the table with what each year makes of each name. */
const MOST_YEARS = 10;
const MOST_KEYS = 200;

const NAMES = ['name', 'alias', 'previousName'];

type Marked = Pick<EncounterContent, 'person' | 'biometricReference'>;

/** By what the person of a return or an encounter is known again. */
export const marksOf = ({ person, biometricReference }: Marked): Row[] => {
  const marks = [
    ...identifiersOf([person]).filter(({ kind }) => STRONG.includes(kind)),
    ...(biometricReference === undefined ? [] : [{ kind: 'biometric', value: biometricReference.trim() }]),
    ...namesOf(person.properties).map((value) => ({ kind: 'name', value })),
  ];
  const distinct = new Map(marks.map(({ kind, value }) => [`${kind} ${value}`, { kind, value }]));
  return [...distinct.values()].filter(({ value }) => value !== '' && value.length <= LONGEST);
};

/** Each key of a name beside each year of birth: without one a name suggests nothing. */
const namesOf = (properties: Readonly<Record<string, readonly string[]>>): string[] => {
  const years = new Set((properties['birthDate'] ?? []).map((date) => date.slice(0, 4)));
  const keys = new Set(NAMES.flatMap((property) => properties[property] ?? []).flatMap(nameKeys));
  return first(years, MOST_YEARS).flatMap((year) => first(keys, MOST_KEYS).map((key) => `${year} ${key}`));
};

const first = (some: ReadonlySet<string>, most: number): string[] => [...some].slice(0, most);
