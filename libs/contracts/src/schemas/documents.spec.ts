import { describe, expect, it } from '@jest/globals';
import { writeMrz } from '../documents/testing/write-mrz.ts';
import { readDocumentCheck, readDocumentChecks } from './documents.ts';
import { wrong } from './testing/wrong.ts';

const { text: mrz, digits } = writeMrz('TD3', {
  code: 'P',
  state: 'RKS',
  number: 'K1234567',
  names: 'PROVA<<MIRA',
  nationality: 'RKS',
  born: '900101',
  sex: 'F',
  expires: '310101',
  optional: '',
});

describe('a check of a document', () => {
  it('by number is compared in capitals without spaces and hyphens', () => {
    const expected = { number: 'AB1234567', issuingState: null, type: null, protection: false };
    for (const number of ['ab1234567', ' AB 123 456 7', 'AB-123-4567', 'AB‑123–4567', 'ab.12/34567', 'ＡＢ1234567']) {
      expect(readDocumentCheck({ number })).toEqual(expected);
    }
  });

  it('may say state, type, and that it is for protection', () => {
    const body = { number: 'A1', issuingState: 'XK', type: 'id-card', protection: true };
    expect(readDocumentCheck(body)).toEqual(body);
  });

  it('by MRZ has number and state from it', () => {
    const expected = { number: 'K1234567', issuingState: 'XK', type: null, protection: true };
    expect(readDocumentCheck({ mrz, protection: true })).toEqual(expected);
  });

  const damaged = mrz.slice(0, digits['birthDate']) + 'X' + mrz.slice(digits['birthDate']! + 1);
  it.each<[string, unknown, string]>([
    ['nothing', {}, '400 invalid-request /number required'],
    ['both', { number: 'A1', mrz }, '400 invalid-request /number one-of'],
    ['a state beside an MRZ', { mrz, issuingState: 'AL' }, '400 invalid-request /issuingState one-of'],
    ['a type beside an MRZ', { mrz, type: 'visa' }, '400 invalid-request /type one-of'],
    ['a number of signs alone', { number: ' - ' }, '400 invalid-request /number pattern'],
    ['an empty number', { number: '' }, '400 invalid-request /number pattern'],
    ['other signs in a number', { number: 'A1<2' }, '400 invalid-request /number pattern'],
    ['a line end in a number', { number: 'A1\n2' }, '400 invalid-request /number pattern'],
    ['a long number', { number: '1'.repeat(51) }, '400 invalid-request /number maxLength'],
    ['a number that is none', { number: 12 }, '400 invalid-request /number type'],
    ['three letters for a state', { number: 'A1', issuingState: 'ALB' }, '400 invalid-request /issuingState pattern'],
    ['a state in small letters', { number: 'A1', issuingState: 'al' }, '400 invalid-request /issuingState pattern'],
    ['no state', { number: 'A1', issuingState: 'ZZ' }, '400 invalid-request /issuingState pattern'],
    ['another type', { number: 'A1', type: 'ticket' }, '400 invalid-request /type enum'],
    ['protection as a word', { number: 'A1', protection: 'yes' }, '400 invalid-request /protection type'],
    ['more', { number: 'A1', name: 'x' }, '400 invalid-request /name unknown-field'],
    ['what is no MRZ', { mrz: 'P<ALB' }, '400 invalid-request /mrz mrz'],
    ['an MRZ that is too long', { mrz: '<'.repeat(201) }, '400 invalid-request /mrz maxLength'],
    ['a damaged MRZ', { mrz: damaged }, '422 mrz.check-digit /mrz/birthDate check-digit /mrz/composite check-digit'],
  ])('is not asked by %s', (_, body, said) => expect(wrong(() => readDocumentCheck(body))).toBe(said));

  it('of a batch is read by itself', () => {
    expect(readDocumentChecks({ checks: [{ number: 'A1' }, 'nonsense'] }).checks).toHaveLength(2);
    const many = Array.from({ length: 1001 }, () => ({ number: 'A1' }));
    expect(wrong(() => readDocumentChecks({ checks: many }))).toBe('400 invalid-request /checks maxItems');
    expect(wrong(() => readDocumentChecks({ checks: [] }))).toBe('400 invalid-request /checks minItems');
  });
});
