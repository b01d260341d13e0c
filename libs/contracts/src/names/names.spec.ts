import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { foldName, nameKeys, tokenKeys } from './index.ts';

const shares = (one: string, other: string): boolean => nameKeys(one).some((key) => nameKeys(other).includes(key));

describe('foldName', () => {
  it.each([
    ['Хоџа', 'Hoxha'],
    ['Ќемал', 'Qemal'],
    ['Џевдет', 'Xhevdet'],
    ['Dževdet', 'Xhevdet'],
    ['Ђорђевић', 'Đorđević'],
    ['Đorđević', 'Djordjević'],
    ['Ѓорѓи', 'Gjorgji'],
    ['Чедомир', 'Çedomir'],
    ['Čedomir', 'Chedomir'],
    ['Шабан', 'Šaban'],
    ['Šaban', 'Shaban'],
    ['Жарко', 'Žarko'],
    ['Žarko', 'Zharko'],
    ['Љубиша', 'Ljubiša'],
    ['Његош', 'Njegoš'],
    ['Хасан', 'Hasan'],
    ['Viktimë', 'Viktime'],
    ['Rrustem', 'Rustem'],
    ['Llazar', 'Lazar'],
    ['Цветковић', 'Cvetković'],
    ['ǅevdet', 'Џевдет'],
    ['ĐORĐEVIĆ', 'ђорђевић'],
    ['C\u0327elik', 'Çelik'],
    ['Ходжа', 'Hoxha'],
    ['Hodzha', 'Hoxha'],
    ["O'Neil", 'O’Neil'],
  ])('%s folds as %s', (one, other) => {
    expect(foldName(one)).toEqual(foldName(other));
    expect(foldName(one).join('')).toMatch(/^[a-z]+$/);
  });

  it('gives the tokens of a name', () => {
    expect(foldName('  Al-Assad, Goran  JALAL 2 ')).toEqual(['al', 'assad', 'goran', 'jalal', '2']);
    expect(foldName('محمد')).toHaveLength(1);
    expect(foldName(' – ')).toEqual([]);
    expect(foldName('')).toEqual([]);
    expect(foldName('İstanbul ĠİI')[0]).toBe('istanbul');
  });

  it('tells different names apart', () => {
    expect(foldName('Hasan')).not.toEqual(foldName('Hasani'));
    expect(foldName('Cena')).not.toEqual(foldName('Çena'));
  });

  it('folds what is folded to itself', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (name) => {
        const once = foldName(name);
        expect(foldName(once.join(' '))).toEqual(once);
      }),
    );
  });
});

describe('nameKeys', () => {
  it.each([
    ['Хоџа', 'Hodza'],
    ['Đorđević', 'Dordevic'],
    ['Ђорђевић', 'Djordjevic'],
    ['Petrovski', 'Petrovska'],
    ['Arben', 'Arbeni'],
    ['Viktimë', 'Viktima'],
    ['Viktimë', 'Viktim'],
    ['Jusuf', 'Yusuf'],
    ['Shembulli Arben', 'Arben Shembulli'],
  ])('%s and %s share a key', (one, other) => expect(shares(one, other)).toBe(true));

  it.each([
    ['Arben', 'Agron'],
    ['Hoxha', 'Hasani'],
    ['Kavac Gang', 'Skaljari'],
  ])('%s and %s share none', (one, other) => expect(shares(one, other)).toBe(false));

  it('are few, sorted, and hold the folded tokens', () => {
    expect(nameKeys('Arben Shembulli')).toEqual(['arben', 'sembul', 'sembuli', 'shembuli']);
    expect(tokenKeys('jalal')).toEqual(['jalal', 'ialal']);
    expect(nameKeys('Li Li')).toEqual(['li']);
    expect(nameKeys('')).toEqual([]);
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (name) => {
        const keys = nameKeys(name);
        expect(keys).toEqual([...keys].sort());
        for (const token of foldName(name)) expect(keys).toContain(token);
      }),
    );
  });
});
