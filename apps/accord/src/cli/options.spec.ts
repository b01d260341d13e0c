import { expect, it } from '@jest/globals';
import { parseNewcomer } from './options.ts';

it('a newcomer is a state, whether or not somebody has proposed it', () => {
  expect(['MK', 'IT', 'XK'].map(parseNewcomer)).toEqual(['MK', 'IT', 'XK']);
  for (const none of ['QQ', 'EU', 'ZZ']) expect(() => parseNewcomer(none)).toThrow('Only a country can be a member');
  for (const none of ['it', 'ITA', '']) expect(() => parseNewcomer(none)).toThrow('two capital letters');
});
