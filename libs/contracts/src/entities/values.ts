import { isDate } from '../validation/index.ts';
import { valuesOfType } from './model.ts';

/** Limits of one entity, so that no report is a data set. */
export const MAX_VALUE_LENGTH = 1000;
export const MAX_VALUES = 100;
export const MAX_ENTITIES = 500;

const COUNTRY_CODES = valuesOfType('country');
const GENDERS = valuesOfType('gender');
const TOPICS = valuesOfType('topic');
const PARTIAL_DATE = /^(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?$/;
const TIME_OF_DAY = /^([01]\d|2[0-3])(?::[0-5]\d){0,2}$/;
const URL_SCHEMES = ['http:', 'https:', 'ftp:', 'ftps:', 'mailto:'];

/** What is wrong with a value: a rule, and what a value of this kind must be. */
export interface ValueFlaw {
  rule: string;
  message: string;
}

/** FollowTheMoney's dates: a year, month or day, or a time of a day, each that exists; always UTC. */
export function isPartialDate(text: string): boolean {
  const [day = '', ...time] = text.split('T');
  if (time.length > 0) return time.length === 1 && isDate(day) && TIME_OF_DAY.test(time[0]!);
  const match = PARTIAL_DATE.exec(day);
  return match !== null && isDate([match[1], match[2] ?? '01', match[3] ?? '01'].join('-'));
}

function isIp(text: string): boolean {
  const parts = text.split('.');
  const isV4 = parts.length === 4 && parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) < 256);
  return isV4 || (/^[0-9a-fA-F:.]+$/.test(text) && text.includes(':') && URL.canParse(`http://[${text}]/`));
}

/** By property type. What isn't listed is free text: an intelligence report may hold half a phone number. */
const CHECKS: Record<string, { valid: (value: string) => boolean; rule: string; message: string }> = {
  country: {
    valid: (value) => COUNTRY_CODES.has(value),
    rule: 'country',
    message: 'a country code of FollowTheMoney, such as al or xk',
  },
  date: { valid: isPartialDate, rule: 'date', message: 'a date that exists, as YYYY, YYYY-MM or YYYY-MM-DD' },
  gender: { valid: (value) => GENDERS.has(value), rule: 'enum', message: `one of ${[...GENDERS.keys()].join(', ')}` },
  topic: {
    valid: (value) => TOPICS.has(value),
    rule: 'enum',
    message: 'a topic of FollowTheMoney, such as crime.traffick',
  },
  language: {
    valid: (value) => /^[a-z]{2,3}$/.test(value),
    rule: 'language',
    message: 'a language code of two or three letters',
  },
  email: { valid: (value) => /^[^\s@]+@[^\s@]+$/.test(value), rule: 'email', message: 'an e-mail address' },
  url: { valid: isUrl, rule: 'url', message: 'a URL that begins with http, https, ftp or mailto' },
  ip: { valid: isIp, rule: 'ip', message: 'an IP address' },
  number: { valid: (value) => /\d/.test(value), rule: 'number', message: 'a number' },
};

function isUrl(value: string): boolean {
  return URL.canParse(value) && URL_SCHEMES.includes(new URL(value).protocol);
}

const CODES = new Set(['country', 'gender', 'topic', 'language']);

/** Codes in lower case; all else as it was said. */
export function normalizeValue(type: string, value: string): string {
  return CODES.has(type) ? value.toLowerCase() : value;
}

/** What is wrong with a value of a property type, or null. `value` is normalised. Never echoes it. */
export function valueFlaw(type: string, value: string): ValueFlaw | null {
  if (value.trim() === '') return { rule: 'blank', message: 'A value must not be blank.' };
  if (value.length > MAX_VALUE_LENGTH) {
    return { rule: 'maxLength', message: `A value has at most ${MAX_VALUE_LENGTH} characters.` };
  }
  const check = CHECKS[type];
  return !check || check.valid(value) ? null : { rule: check.rule, message: `Each value must be ${check.message}.` };
}

/** Whether a country is one that FollowTheMoney knows, in any case. */
export function isKnownCountry(code: string): boolean {
  return COUNTRY_CODES.has(code.toLowerCase());
}
