import { COUNTRIES, type Shield } from '../codes/index.ts';
import type { ProtectionClaim } from '../schemas/reports.ts';
import type { Properties } from './describe.ts';
import { isA } from './model.ts';

/** States that are no more, and what stands in their place: who fled one may be a citizen of any of the others. */
const SUCCESSORS: Record<string, readonly string[]> = {
  cshh: ['cz', 'sk'],
  csxx: ['me', 'rs', 'xk'],
  dd: ['de'],
  suhh: ['am', 'az', 'by', 'ee', 'ge', 'kg', 'kz', 'lt', 'lv', 'md', 'ru', 'tj', 'tm', 'ua', 'uz'],
  'x-so': ['ge'],
  yucs: ['ba', 'hr', 'me', 'mk', 'rs', 'si', 'xk'],
  zr: ['cd'],
};

/** The countries that a FollowTheMoney country code stands for, as two-letter codes; none for "eu" or "zz". */
export function countriesBehind(code: string): readonly string[] {
  const lower = code.toLowerCase();
  const successors = Object.hasOwn(SUCCESSORS, lower) ? SUCCESSORS[lower] : undefined;
  // A part of a country, as gb-sct, is that country.
  const whole = lower.split('-')[0]!;
  return successors ?? (COUNTRIES.has(whole) ? [whole] : []);
}

export interface Claimant {
  schema: string;
  properties?: Properties;
  protectionClaim?: ProtectionClaim;
}

/** A person's nationalities as FollowTheMoney codes in lower case, each once. */
export function nationalities({ properties = {} }: { properties?: Properties }): string[] {
  const given = [...(properties['nationality'] ?? []), ...(properties['citizenship'] ?? [])];
  return [...new Set(given.map((code) => code.toLowerCase()))];
}

/** Everyone whom any of the shields keeps out. */
export function mergeShields(...shields: readonly Shield[]): Shield {
  if (shields.includes('ALL')) return 'ALL';
  return [...new Set((shields as (readonly string[])[]).flat())].sort();
}

/**
 * Whom a person with a claim for protection is kept from: the states of nationality, habitual residence and persecution.
 * `ALL` where no nationality can be read, or one of the codes is no country: too wide harms nobody. Null without a claim.
 * Source: ACCESS, The shield.
 */
export function shieldOf({ schema, properties = {}, protectionClaim }: Claimant): Shield | null {
  if (protectionClaim === undefined || !isA(schema, 'Person')) return null;
  const nations = nationalities({ properties });
  const countries = [...nations, ...claimedCountries(protectionClaim)].map(countriesBehind);
  if (nations.length === 0 || countries.some((known) => known.length === 0)) return 'ALL';
  return mergeShields(...countries);
}

function claimedCountries(claim: ProtectionClaim): string[] {
  return claim === true ? [] : [...(claim.habitualResidence ?? []), ...(claim.persecutors ?? [])];
}

/** The shield of a record that speaks of these entities and knows no more of them: empty where nobody claims. */
export function shieldOfEntities(entities: readonly Claimant[]): Shield {
  return mergeShields(...entities.map((entity) => shieldOf(entity) ?? []));
}
