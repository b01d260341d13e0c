import { describe, expect, it } from '@jest/globals';
import { RuleBroken } from '../problems/problem.ts';
import { COUNTRIES, countryCodeOf, isCountry, isStateCode } from './index.ts';
import {
  checkGrading,
  EUROPOL_INFORMATION,
  EUROPOL_SOURCES,
  UK_INFORMATION,
  UK_SOURCES,
  type Grading,
} from './grading.ts';
import { translate } from './translation.ts';

describe('checkGrading', () => {
  const uk = { scheme: '3x5x2', source: '2', information: 'B', handling: 'P' };
  const europol = { scheme: '4x4', source: 'B', information: '2' };
  const wrong = (value: unknown): string[] => {
    try {
      checkGrading(value);
    } catch (error) {
      expect(error).toBeInstanceOf(RuleBroken);
      expect((error as RuleBroken).code).toBe('grading.invalid');
      return (error as RuleBroken).errors.map((e) => `${e.path} ${e.rule}`);
    }
    return [];
  };

  it('takes both schemes', () => {
    expect(checkGrading(uk)).toBe(uk);
    expect(checkGrading(europol)).toBe(europol);
  });

  it.each([
    [{ ...uk, source: '9' }, ['/grading/source enum']],
    [{ ...uk, source: 2 }, ['/grading/source enum']],
    [{ ...uk, source: 'A', information: '1' }, ['/grading/source enum', '/grading/information enum']],
    [{ ...uk, handling: undefined }, ['/grading/handling required']],
    [{ ...europol, handling: 'P' }, ['/grading/handling unknown-field']],
    [{ ...europol, information: '5' }, ['/grading/information enum']],
    [{ ...uk, scheme: '5x5x5' }, ['/grading/scheme enum']],
    [{ ...uk, scheme: 'toString' }, ['/grading/scheme enum']],
    [{}, ['/grading/scheme enum']],
    [null, ['/grading type']],
    [['A'], ['/grading type']],
    ['B2', ['/grading type']],
  ])('%j: %j', (value, expected) => expect(wrong(value)).toEqual(expected));
});

describe('translate', () => {
  const uk = (source: '1' | '2' | '3', information: 'A' | 'B' | 'C' | 'D' | 'E'): Grading => ({
    scheme: '3x5x2',
    source,
    information,
    handling: 'P',
  });

  it.each([
    [uk('2', 'A'), 'X', '2', [], false],
    [uk('2', 'B'), 'X', '3', [], false],
    [uk('3', 'C'), 'C', '4', [], false],
    [uk('3', 'D'), 'C', '4', [], false],
    [uk('2', 'E'), 'X', '4', ['suspected-false'], false],
    [uk('1', 'A'), 'X', '2', [], true],
  ] as const)('%j becomes %s%s %j', (grading, source, information, flags, undecided) => {
    expect(translate(grading, '4x4')).toEqual({ grading: { scheme: '4x4', source, information }, flags, undecided });
  });

  it('lets a person decide on a reliable source, and on no other', () => {
    expect(translate(uk('1', 'A'), '4x4', { reliableAs: 'B' })).toMatchObject({
      grading: { source: 'B' },
      undecided: false,
    });
    expect(translate(uk('3', 'A'), '4x4', { reliableAs: 'A' }).grading.source).toBe('C');
  });

  it('keeps the original where the scheme is the same', () => {
    expect(translate(uk('1', 'E'), '3x5x2').grading).toEqual(uk('1', 'E'));
  });

  // How much a grade is worth, the best 0: X and 2 are of unknown worth, above what is known to be bad.
  const sourceWorth: Record<string, number> = { '1': 0, A: 0, B: 1, '2': 2, X: 2, '3': 3, C: 3 };
  const ukWorth: Record<string, number> = { A: 2, B: 3, C: 4, D: 4, E: 5 };
  const informationWorth = (g: Grading, flags: string[] = []) =>
    g.scheme === '4x4' ? (flags.length > 0 ? 5 : Number(g.information)) : ukWorth[g.information]!;

  it('never raises a grade, there or back', () => {
    const all: Grading[] = [
      ...UK_SOURCES.flatMap((source) => UK_INFORMATION.map((information) => uk(source, information))),
      ...EUROPOL_SOURCES.flatMap((source) =>
        EUROPOL_INFORMATION.map((information): Grading => ({ scheme: '4x4', source, information })),
      ),
    ];
    for (const grading of all) {
      const there = translate(grading, grading.scheme === '4x4' ? '3x5x2' : '4x4');
      const back = translate(there.grading, grading.scheme, { flags: there.flags });
      for (const step of [there, back]) {
        expect(sourceWorth[step.grading.source]!).toBeGreaterThanOrEqual(sourceWorth[grading.source]!);
        expect(informationWorth(step.grading, step.flags)).toBeGreaterThanOrEqual(informationWorth(grading));
      }
      if (grading.information === 'E') expect(back.grading.information).toBe('E');
    }
    expect(all).toHaveLength(31);
  });
});

describe('countries', () => {
  it('are the 249 of ISO 3166-1, and Kosovo', () => {
    expect(COUNTRIES.size).toBe(250);
    expect(['gb', 'al', 'xk', 'mk', 'me', 'ps', 'tw', 'an'].map(isCountry)).toEqual([
      true,
      true,
      true,
      true,
      true,
      true,
      true,
      false,
    ]);
    expect(['GB', 'eu', 'zz', 'gb-sct', '', null, 'toString'].some(isCountry)).toBe(false);
  });

  it('are members by their code in capitals', () => {
    expect(['GB', 'XK', 'IT'].every(isStateCode)).toBe(true);
    expect(['QQ', 'EU', 'gb', 'Gb', '', 'GBR', null, ['GB']].some(isStateCode)).toBe(false);
  });

  it.each([
    ['Bosnia and Herzegovina', 'ba'],
    ['Bosnia & Herzegovina', 'ba'],
    ['Iraq', 'iq'],
    ['Kosovo', 'xk'],
    ['Republic of Kosovo', 'xk'],
    ['North Macedonia', 'mk'],
    ['United Kingdom', 'gb'],
    ['United Arab Emirates', 'ae'],
    ['IRAN (Islamic Republic of)', 'ir'],
    ["Cote d'Ivoire", 'ci'],
    ['Türkiye', 'tr'],
    ['Turkey', 'tr'],
    ['St. Lucia', 'lc'],
    ['The Gambia', 'gm'],
    ["Democratic People's Republic of Korea", 'kp'],
    ['Atlantis', undefined],
    ['', undefined],
    ['constructor', undefined],
  ])('%s is %s', (name, code) => expect(countryCodeOf(name)).toBe(code));

  it('are found by their own names', () => {
    for (const [code, name] of COUNTRIES) expect([name, countryCodeOf(name)]).toEqual([name, code]);
  });
});
