import { describe, expect, it } from '@jest/globals';
import { handlingOf } from '../records/handling.ts';
import { words } from './word.ts';

const reviewDays = { dna: 365 } as never;
const handling = handlingOf('dna', {}, { member: 'GB', reviewDays } as never, 0);
const command = { type: 'give', id: 'w1', event: 'accord.dna.hit-dismissed.v1', handling } as const;

describe('a word', () => {
  it('keeps at home what is to stay there, and tells the rest', () => {
    const said = words.decide(words.initial, { ...command, content: { hit: 'h1' }, home: { reason: 'A twin' } });
    expect(said.map(({ sealed }) => sealed)).toEqual([{ hit: 'h1', home: { reason: 'A twin' } }]);
    const [word] = said;
    expect(words.publicationOf(word!, words.initial, words.evolve(words.initial, word!))).toMatchObject({
      type: command.event,
      content: { hit: 'h1' },
    });
    expect(words.decide(words.evolve(words.initial, word!), { ...command, content: {} })).toEqual([]);
  });
});
