import { describe, expect, it } from '@jest/globals';
import { NotFound, WrongState } from '#contracts';
import { handlingOf } from '../records/handling.ts';
import { words, type WordFact } from './word.ts';

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

  const after = (...facts: WordFact[]) => facts.reduce(words.evolve, words.initial);
  const [given] = words.decide(words.initial, { ...command, content: { hit: 'h1' }, same: ['a', 'b'] }) as [WordFact];
  const [gone] = words.decide(after(given), { type: 'erase', reason: 'Why' }) as [WordFact];

  it('is erased, and told to be so without a word of why', () => {
    expect(gone).toEqual({ type: 'word-erased', record: 'w1', data: {}, sealed: { reason: 'Why' } });
    expect(words.publicationOf(gone, after(given), after(given, gone))).toEqual({
      type: 'accord.records.record-erased.v1',
      record: 'w1',
    });
  });

  it('leaves nothing of what was said, nor of whom, once it is erased', () => {
    const word = after(given, gone);
    expect(words.summary(after(given))).toMatchObject({ state: 'given', touches: [{ identifiers: ['a', 'b'] }] });
    expect(words.summary(word)).toMatchObject({ state: 'erased', touches: [] });
    expect(JSON.stringify(word)).not.toContain('h1');
    // Its key is destroyed: nothing that it sealed is there any more.
    expect(after({ ...given, sealed: {} } as WordFact, { ...gone, sealed: {} } as WordFact)).toEqual(word);
  });

  const person = { passportNumber: ['P 1'], nationality: ['al'] };
  const [told] = words.decide(words.initial, { ...command, content: { hit: 'h1', person }, shield: ['al'] }) as [
    WordFact,
  ];

  it('is kept from whom the person whom it describes is to be kept from, and more of them later', () => {
    expect(words.publicationOf(told, words.initial, after(told))).toMatchObject({
      shield: ['al'],
      content: { hit: 'h1', person },
    });
    expect(words.summary(after(told))).toMatchObject({
      touches: [{ person: { nationalities: ['al'] }, identifiers: ['passport P1'] }],
    });
    expect(words.decide(after(told), words.reshield(['al']))).toEqual([]);
    const [more] = words.decide(after(told), words.reshield(['xk'])) as [WordFact];
    expect(words.publicationOf(more, after(told), after(told, more))).toEqual({
      type: 'accord.records.record-reshielded.v1',
      record: 'w1',
      shield: ['al', 'xk'],
    });
    // One that describes nobody has nothing to keep.
    expect(words.decide(after(given), words.reshield(['xk']))).toEqual([]);
    expect(words.decide(after(told, gone), words.reshield(['xk']))).toEqual([]);
  });

  it('is erased once, and not said again', () => {
    const word = after(given, gone);
    expect(() => words.decide(words.initial, { type: 'erase', reason: 'Why' })).toThrow(NotFound);
    expect(() => words.decide(word, { type: 'erase', reason: 'Why' })).toThrow(WrongState);
    expect(() => words.decide(word, { ...command, content: {} })).toThrow(WrongState);
    expect(words.decide(word, words.expire())).toEqual([]);
  });
});
