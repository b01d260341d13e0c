import anyAscii from 'any-ascii';
import { InvalidRequest } from '#contracts';

/** For each word of a name, the blocking keys that it may be found by. Throws InvalidRequest where there is no word. */
export const searchKeys = (name: string): string[][] => {
  const words = anyAscii(name)
    .toLowerCase()
    .match(/[a-z0-9]+/g);
  if (!words) throw new InvalidRequest([{ path: '/name', rule: 'name', message: 'A name has at least one letter.' }]);
  return words.map((word) => [word]);
};

/** The blocking keys of a name: those of all its words. */
export const blockingKeys = (name: string): string[] => searchKeys(name).flat();
