import { RuleBroken, type FieldError } from '../problems/problem.ts';
import { pointer } from '../validation/pointer.ts';

/** UK 3x5x2. Source: 1 reliable, 2 untested, 3 not reliable. */
export const UK_SOURCES = ['1', '2', '3'] as const;
/** A known directly, B indirectly but corroborated, C indirectly, D not known, E suspected false. */
export const UK_INFORMATION = ['A', 'B', 'C', 'D', 'E'] as const;
/** P permitted, C conditions. */
export const UK_HANDLING = ['P', 'C'] as const;
/** Europol 4x4. Best first; X: can't be assessed. */
export const EUROPOL_SOURCES = ['A', 'B', 'C', 'X'] as const;
export const EUROPOL_INFORMATION = ['1', '2', '3', '4'] as const;

export interface UkGrading {
  scheme: '3x5x2';
  source: (typeof UK_SOURCES)[number];
  information: (typeof UK_INFORMATION)[number];
  handling: (typeof UK_HANDLING)[number];
}
export interface EuropolGrading {
  scheme: '4x4';
  source: (typeof EUROPOL_SOURCES)[number];
  information: (typeof EUROPOL_INFORMATION)[number];
}
export type Grading = UkGrading | EuropolGrading;
export type GradingScheme = Grading['scheme'];

const FIELDS: Record<GradingScheme, Record<string, readonly string[]>> = {
  '3x5x2': { source: UK_SOURCES, information: UK_INFORMATION, handling: UK_HANDLING },
  '4x4': { source: EUROPOL_SOURCES, information: EUROPOL_INFORMATION },
};

/** A grading, or RuleBroken `grading.invalid` naming each wrong field below `path`. */
export function checkGrading(value: unknown, path = '/grading'): Grading {
  const errors = gradingErrors(value, path);
  if (errors.length > 0) throw new RuleBroken('grading.invalid', errors);
  return value as Grading;
}

function gradingErrors(value: unknown, path: string): FieldError[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return [{ path, rule: 'type', message: 'A grading is an object.' }];
  }
  const given = value as Record<string, unknown>;
  const scheme = given['scheme'];
  if (scheme !== '3x5x2' && scheme !== '4x4') {
    return [{ path: path + pointer('scheme'), rule: 'enum', message: 'The scheme of a grading is "3x5x2" or "4x4".' }];
  }
  const unknown = Object.keys(given).filter((key) => key !== 'scheme' && !Object.hasOwn(FIELDS[scheme], key));
  const wrong = Object.entries(FIELDS[scheme]).filter(([field, codes]) => !codes.includes(given[field] as string));
  return [
    ...wrong.map(([field, codes]) => ({
      path: path + pointer(field),
      rule: given[field] === undefined ? 'required' : 'enum',
      message: `In a grading by ${scheme} this is one of ${codes.join(', ')}.`,
    })),
    ...unknown.slice(0, 20).map((field) => ({
      path: path + pointer(field),
      rule: 'unknown-field',
      message: `A grading by ${scheme} has no such field.`,
    })),
  ];
}
