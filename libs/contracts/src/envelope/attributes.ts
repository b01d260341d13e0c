import { CATEGORIES, CLASSIFICATIONS, HANDLING_CODES, PURPOSES } from '../codes/access.ts';
import { isUuid } from '../ids/uuid.ts';
import { isBase64, isDate, isInstant, isMediaType } from './forms.ts';
import { InvalidEnvelope } from './invalid.ts';

/** An envelope as it is on the wire: one level of CloudEvents attributes. */
export type Flat = Record<string, unknown>;

interface Attribute {
  name: string;
  of: 'event' | 'access' | 'content';
  optional?: boolean;
  is(value: unknown): boolean;
}

const text = (is: (value: string) => boolean) => (value: unknown) => typeof value === 'string' && is(value);
const pattern = (expression: RegExp) => text((value) => expression.test(value));
const oneOf = (words: readonly string[]) => text((value) => words.includes(value));
const counting = (from: number) => (value: unknown) =>
  Number.isInteger(value) && (value as number) >= from && (value as number) <= 0x7fff_ffff;
const listOf = (isItem: (item: string) => boolean, least = 0) =>
  text((value) => {
    const items = parseList(value);
    return items.length >= least && items.every(isItem) && new Set(items).size === items.length;
  });

/** `AL,XK` as a list; nothing is the empty list. */
export function parseList(value: string): string[] {
  return value === '' ? [] : value.split(',');
}

/** Every attribute that an envelope may have, in the order in which it is written. */
export const ATTRIBUTES: readonly Attribute[] = [
  { name: 'specversion', of: 'event', is: (value) => value === '1.0' },
  { name: 'id', of: 'event', is: text(isUuid) },
  {
    name: 'source',
    of: 'event',
    is: pattern(/^\/(members\/[A-Z]{2}(\/conformance)?|registry\/(members|agreements))$/),
  },
  { name: 'type', of: 'event', is: pattern(/^accord\.[a-z][a-z-]{0,60}\.[a-z][a-z0-9-]{0,60}\.v[1-9]\d{0,3}$/) },
  { name: 'subject', of: 'event', is: pattern(/^[A-Za-z0-9][A-Za-z0-9._:-]{0,127}$/) },
  { name: 'time', of: 'event', is: text(isInstant) },
  { name: 'dataschema', of: 'event', is: pattern(/^[!-~]{1,300}$/) },
  { name: 'datacontenttype', of: 'event', is: text(isMediaType) },
  { name: 'recordversion', of: 'event', optional: true, is: counting(1) },
  { name: 'category', of: 'access', is: oneOf(CATEGORIES) },
  { name: 'purposes', of: 'access', is: listOf((item) => (PURPOSES as readonly string[]).includes(item), 1) },
  { name: 'audience', of: 'access', is: listOf((item) => /^[A-Z]{2}$/.test(item)) },
  { name: 'taskforce', of: 'access', is: (value) => typeof value === 'boolean' },
  { name: 'registrysequence', of: 'access', is: counting(0) },
  { name: 'classification', of: 'access', is: oneOf(CLASSIFICATIONS) },
  { name: 'handlingcodes', of: 'access', is: listOf((item) => (HANDLING_CODES as readonly string[]).includes(item)) },
  { name: 'releasedat', of: 'access', is: text(isInstant) },
  { name: 'notbefore', of: 'access', optional: true, is: text(isInstant) },
  { name: 'reviewby', of: 'access', is: text(isDate) },
  { name: 'data_base64', of: 'content', optional: true, is: text(isBase64) },
  { name: 'data', of: 'content', optional: true, is: (value) => value !== null },
];

const NAMES = new Set(ATTRIBUTES.map(({ name }) => name));
const ACCESS = ATTRIBUTES.filter(({ of }) => of === 'access').map(({ name }) => name);

/** Throws InvalidEnvelope at the first attribute that is missing, unknown or not in its form. */
export function checkAttributes(flat: Flat): void {
  const withAccess = ACCESS.some((name) => flat[name] !== undefined);
  for (const attribute of ATTRIBUTES) checkOne(attribute, flat[attribute.name], withAccess);
  for (const name of Object.keys(flat)) if (!NAMES.has(name)) throw wrong(name, 'is not known');
  checkContent(flat);
}

function checkOne(attribute: Attribute, value: unknown, withAccess: boolean): void {
  if (value === undefined) {
    if (attribute.optional || (attribute.of === 'access' && !withAccess)) return;
    throw wrong(attribute.name, 'is missing');
  }
  if (!attribute.is(value)) throw wrong(attribute.name, 'is not in its form');
}

/** A member's content is always sealed; only the registry, which holds no record, speaks in the open. */
function checkContent(flat: Flat): void {
  const ofMember = (flat.source as string).startsWith('/members/');
  if (ofMember && !isUuid(flat.subject as string)) throw wrong('subject', 'is not a record');
  if (ofMember && flat.data !== undefined) throw wrong('data', 'must be sealed');
  if (flat.data !== undefined && flat.data_base64 !== undefined) throw wrong('data', 'is there twice');
}

function wrong(attribute: string, rule: string): InvalidEnvelope {
  const name = NAMES.has(attribute) ? attribute : attribute.replace(/[^a-z0-9_]/g, '?').slice(0, 40);
  return new InvalidEnvelope('attribute', name, `The attribute ${name} ${rule}`);
}
