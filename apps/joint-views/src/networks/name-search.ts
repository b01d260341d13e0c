import { foldName, InvalidRequest, tokenKeys } from '#contracts';

/** For each word of a name, the keys that it may be found by. Throws InvalidRequest at /name where there is no word. */
export const searchKeys = (name: string): string[][] => {
  const words = foldName(name);
  if (words.length > 0) return words.map(tokenKeys);
  throw new InvalidRequest([{ path: '/name', rule: 'name', message: 'A name has at least one letter or digit.' }]);
};
