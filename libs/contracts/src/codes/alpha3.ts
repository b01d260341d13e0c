import countries from 'i18n-iso-countries';
import { isCountry } from './countries.ts';

/** Kosovo has no code in ISO 3166-1: how lists and documents write it. */
const USER_ASSIGNED: Readonly<Record<string, string>> = { XKX: 'xk', XXK: 'xk', RKS: 'xk', UNK: 'xk' };

/** The code of a country by its ISO 3166-1 alpha-3 code in capitals, or undefined where it is none. For imports. */
export function countryOfAlpha3(code: string): string | undefined {
  const found = USER_ASSIGNED[code] ?? countries.alpha3ToAlpha2(code)?.toLowerCase();
  return isCountry(found) ? found : undefined;
}
