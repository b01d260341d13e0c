import { COUNTRIES, InvalidRequest } from '#contracts';

/** Throws InvalidRequest where a code, in capitals, is that of no country, or of the member's own. */
export const assertOtherCountry = (code: string, path: string, member: string): void => {
  if (!COUNTRIES.has(code.toLowerCase())) {
    throw new InvalidRequest([{ path, rule: 'country', message: 'This is the code of no country.' }]);
  }
  if (code === member) {
    throw new InvalidRequest([{ path, rule: 'other-country', message: 'This is the country of this member itself.' }]);
  }
};
