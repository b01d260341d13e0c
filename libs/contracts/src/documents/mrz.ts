import { parse, type MRZFormat, type ParseResult } from 'mrz';
import { normalizeIdentifier } from '../entities/identifiers.ts';
import { InvalidRequest, RuleBroken } from '../problems/problem.ts';
import { stateOfIcao } from './states.ts';

/** What a machine-readable zone says that a register of documents is asked by. */
export interface MachineRead {
  /** As numbers are compared. */
  number: string;
  /** Our code, in capitals; '' where the state is none of ours. */
  issuingState: string;
}

/** Lines and characters: TD1; TD2 and MRV-B; TD3 and MRV-A. */
const SHAPES = ['3 30', '2 36', '2 44'];

const NUMBER = ['documentNumber', 'documentNumberCheckDigit'] as const;
const BIRTH = ['birthDate', 'birthDateCheckDigit'] as const;
const EXPIRY = ['expirationDate', 'expirationDateCheckDigit'] as const;
const PERSONAL = ['personalNumber', 'personalNumberCheckDigit'] as const;
const WHOLE = ['composite', 'compositeCheckDigit'] as const;
/** A visa has no check digit but these: where a passport has others, it holds what its state pleases. */
const OF_VISA = [NUMBER, BIRTH, EXPIRY];
const OF_TRAVEL_DOCUMENT = [...OF_VISA, PERSONAL, WHOLE];

/**
 * Reads a machine-readable zone (ICAO Doc 9303): TD1, TD2, TD3, MRV-A, MRV-B, its lines parted by line ends. Throws
 * InvalidRequest where it is none, and RuleBroken `mrz.check-digit`, which names each field whose check digit is wrong
 * below `path`. Neither tells what was read.
 */
export function readMrz(text: string, path = '/mrz'): MachineRead {
  const lines = linesOf(text, path);
  const result = parse(lines);
  if (result.format === 'FRENCH_NATIONAL_ID' && !lines[0]!.startsWith('IDFRA')) {
    throw noMrz(path, 'In the names of an MRZ there are no digits.');
  }
  checkDigits(lines, result, path);
  const number = normalizeIdentifier(result.documentNumber ?? '');
  if (number === '') throw noMrz(path, 'The MRZ holds no document number.');
  return { number, issuingState: stateOfIcao(lines[0]!.slice(2, 5)) ?? '' };
}

function linesOf(text: string, path: string): string[] {
  const lines = text
    .trim()
    .split(/\s*\n\s*/)
    .map((line) => line.toUpperCase());
  const width = lines[0]!.length;
  const fits = lines.every((line) => line.length === width && /^[A-Z0-9<]+$/.test(line));
  if (fits && SHAPES.includes(`${lines.length} ${width}`)) return lines;
  throw noMrz(path, 'An MRZ is three lines of 30, or two of 36 or of 44 characters: A to Z, 0 to 9 and <.');
}

/**
 * A number of more than nine characters has a filler for its check digit, and goes on with it in the optional data (part 5,
 * note j to the data structure): where nothing goes on there, there is no digit.
 */
const GOES_ON: Partial<Record<MRZFormat, (lines: readonly string[]) => string>> = {
  TD1: ([first]) => first!.slice(14, 16),
  TD2: ([, second]) => second!.charAt(9) + second!.charAt(28),
};

const noMrz = (path: string, message: string): InvalidRequest => new InvalidRequest([{ path, rule: 'mrz', message }]);

function checkDigits(lines: readonly string[], { format, details }: ParseResult, path: string): void {
  const wrong = new Set(details.filter(({ valid }) => !valid).map(({ field }) => field));
  if (GOES_ON[format]?.(lines) === '<<') wrong.add('documentNumberCheckDigit');
  const checks = lines[0]!.startsWith('V') ? OF_VISA : OF_TRAVEL_DOCUMENT;
  const failed = checks.filter(([, digit]) => wrong.has(digit));
  if (failed.length === 0) return;
  const errors = failed.map(([field]) => ({
    path: `${path}/${field}`,
    rule: 'check-digit',
    message: field === WHOLE[0] ? 'The check digit over all is wrong.' : 'The check digit of this field is wrong.',
  }));
  throw new RuleBroken('mrz.check-digit', errors);
}
