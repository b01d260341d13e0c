import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { COUNTRIES } from '../codes/index.ts';
import { wrong } from '../schemas/testing/wrong.ts';
import { readMrz } from './mrz.ts';
import { stateOfIcao } from './states.ts';
import { MRZ_FORMATS, writeMrz, type Holder, type MrzFormat } from './testing/write-mrz.ts';

// Printed by name: put the number of a failure here, and it runs again.
const seed = Math.floor(Math.random() * 1e9);

const SPECIMEN: Holder = {
  code: 'P',
  state: 'ALB',
  number: 'BA1234567',
  names: 'SHEMBULLI<<ARBEN',
  nationality: 'ALB',
  born: '840101',
  sex: 'M',
  expires: '300101',
  optional: '',
};

const mrz = (format: MrzFormat, given: Partial<Holder> = {}) => writeMrz(format, { ...SPECIMEN, ...given }).text;
const damaged = (text: string, at: number, by: string) => text.slice(0, at) + by + text.slice(at + 1);

describe('a machine-readable zone', () => {
  it.each(MRZ_FORMATS)('of %s says number and state', (format) => {
    const code = { TD1: 'I', TD2: 'I', TD3: 'P' }[format as string] ?? 'V';
    expect(readMrz(mrz(format, { code }))).toEqual({ number: 'BA1234567', issuingState: 'AL' });
  });

  it('is read in small letters, with spaces about its lines, whatever ends them', () => {
    const lines = mrz('TD3').toLowerCase().split('\n');
    expect(readMrz(`  ${lines.join(' \r\n  ')}\n`).number).toBe('BA1234567');
  });

  it('writes a filler for the hyphens and spaces of a number', () => {
    expect(readMrz(mrz('TD1', { code: 'I', number: 'AB<12<34' })).number).toBe('AB1234');
  });

  it.each<MrzFormat>(['TD1', 'TD2'])('of %s goes on in the optional data with a long number', (format) => {
    for (const number of ['AB12345678', 'AB123456789', 'AB1234567890']) {
      expect(readMrz(mrz(format, { code: 'I', number })).number).toBe(number);
    }
  });

  it('of a visa may hold anything where a passport has more check digits', () => {
    const optional = '9X9X9X9X9X9X9X9X';
    expect(readMrz(mrz('MRV-A', { code: 'V', optional })).number).toBe('BA1234567');
    expect(readMrz(mrz('MRV-B', { code: 'V', optional })).number).toBe('BA1234567');
  });

  it('without an optional personal number may have a filler for its check digit', () => {
    const { text, digits } = writeMrz('TD3', SPECIMEN);
    expect(readMrz(damaged(text, digits['personalNumber']!, '<')).number).toBe('BA1234567');
  });

  it.each<[string, string]>([
    ['D', 'DE'],
    ['GBR', 'GB'],
    ['GBD', 'GB'],
    ['GBN', 'GB'],
    ['GBO', 'GB'],
    ['GBP', 'GB'],
    ['GBS', 'GB'],
    ['RKS', 'XK'],
    ['UNK', 'XK'],
    ['MNE', 'ME'],
    ['MKD', 'MK'],
    ['UTO', ''],
    ['UNO', ''],
  ])('of %s is of %s', (state, ours) => expect(readMrz(mrz('TD3', { state })).issuingState).toBe(ours));

  it.each([
    ['nothing', ''],
    ['one line', mrz('TD3').split('\n')[1]!],
    ['a line too many', `${mrz('TD3')}\n${'<'.repeat(44)}`],
    ['lines of two lengths', mrz('TD3').slice(0, -1)],
    ['other signs', mrz('TD3').replace('BA', 'BÄ')],
    ['no number', mrz('TD3', { number: '' })],
    ['digits in a name', mrz('TD2', { code: 'I', names: 'SHEMBULLI<<ARBEN<<<<<<<<<<12345' })],
  ])('is not %s', (_, text) => expect(wrong(() => readMrz(text))).toBe('400 invalid-request /mrz mrz'));

  it('whose number goes on nowhere lacks its check digit', () => {
    const { text } = writeMrz('TD1', { ...SPECIMEN, code: 'I' });
    expect(wrong(() => readMrz(damaged(text, 14, '<')))).toContain('422 mrz.check-digit /mrz/documentNumber');
  });
});

describe('states', () => {
  it('are all of ours', () => {
    const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
    const codes = [...letters].flatMap((a) => [...letters].flatMap((b) => [...letters].map((c) => a + b + c)));
    const known = new Set(codes.map(stateOfIcao).filter((code) => code !== undefined));
    expect([...known].sort()).toEqual([...COUNTRIES.keys()].map((code) => code.toUpperCase()).sort());
  });
});

describe(`generated zones (seed ${seed})`, () => {
  const signs = (unit: string) => fc.string({ unit: fc.constantFrom(...unit), minLength: 1, maxLength: 9 });
  const plain = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';
  const day = fc
    .tuple(fc.integer({ min: 0, max: 99 }), fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 28 }))
    .map((parts) => parts.map((part) => String(part).padStart(2, '0')).join(''));
  const holder = fc.record({
    format: fc.constantFrom(...MRZ_FORMATS),
    number: fc.tuple(signs(plain), fc.string({ unit: fc.constantFrom(...plain), maxLength: 3 })),
    state: fc.constantFrom('ALB', 'GBR', 'RKS', 'D', 'MKD', 'SRB'),
    names: signs('ABCDEFG').map((name) => `${name}<<${name}`),
    born: day,
    expires: day,
    sex: fc.constantFrom('M', 'F', '<'),
    optional: fc.string({ unit: fc.constantFrom(...plain), maxLength: 3 }),
  });
  const written = ({
    format,
    number: [head, tail],
    ...rest
  }: typeof holder extends fc.Arbitrary<infer T> ? T : never) => {
    const isLong = head.length === 9 && (format === 'TD1' || format === 'TD2');
    const number = isLong ? head + tail : head;
    const code = format === 'TD3' ? 'P' : format.startsWith('V') ? 'V' : 'I';
    return { number, ...writeMrz(format, { ...SPECIMEN, ...rest, code, number }) };
  };

  it('are read as they were written', () => {
    fc.assert(
      fc.property(holder, (given) => {
        const { text, number } = written(given);
        expect(readMrz(text).number).toBe(number);
      }),
      { seed, numRuns: 500 },
    );
  });

  it('with another check digit are refused by its name', () => {
    fc.assert(
      fc.property(holder, fc.nat(), fc.integer({ min: 1, max: 9 }), (given, which, by) => {
        const { text, digits, number } = written(given);
        const fields = Object.keys(digits);
        const field = fields[which % fields.length]!;
        const at = digits[field]!;
        const said = wrong(() => readMrz(damaged(text, at, String((Number(text[at]) + by) % 10))));
        // Some states count the filler of a long number in, others don't: the digit over all tells then.
        const names = number.length > 9 ? `(${field}|composite)` : field;
        expect(said).toMatch(new RegExp(`^422 mrz.check-digit .*/mrz/${names} check-digit`));
      }),
      { seed, numRuns: 500 },
    );
  });
});
