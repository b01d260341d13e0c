import type { EuropolGrading, Grading, GradingScheme, UkGrading } from './grading.ts';

/** A grading in another scheme, beside the original, which is kept. */
export interface Translation {
  grading: Grading;
  /** Must be shown wherever the translated grade is: no grade of 4x4 says that information is thought to be false. */
  flags: 'suspected-false'[];
  /**
   * True where a person has yet to decide: 3x5x2's reliable source is A or B of 4x4, which no rule can tell. Until then
   * the source stands as X, not assessed, which raises nothing.
   */
  undecided: boolean;
}

const TO_EUROPOL_SOURCE = { '1': 'X', '2': 'X', '3': 'C' } as const;
const TO_EUROPOL_INFORMATION = { A: '2', B: '3', C: '4', D: '4', E: '4' } as const;
const TO_UK_SOURCE = { A: '1', B: '2', C: '3', X: '2' } as const;
const TO_UK_INFORMATION = { '1': 'A', '2': 'A', '3': 'B', '4': 'D' } as const;

/**
 * Translates a grading, never raising it. `reliableAs` is a person's decision on a reliable source; `flags` are those of
 * the grading where it was translated before. Where several grades would do, the lowest is taken, and the stricter
 * handling. Source: ACCESS, Handling and grading.
 */
export function translate(
  grading: Grading,
  scheme: GradingScheme,
  options: { reliableAs?: 'A' | 'B'; flags?: Translation['flags'] } = {},
): Translation {
  const flags = options.flags ?? [];
  if (grading.scheme === scheme) return { grading, flags, undecided: false };
  return grading.scheme === '3x5x2' ? toEuropol(grading, options.reliableAs, flags) : toUk(grading, flags);
}

function toEuropol(grading: UkGrading, reliableAs: 'A' | 'B' | undefined, before: Translation['flags']): Translation {
  const reliable = grading.source === '1';
  const source = (reliable && reliableAs) || TO_EUROPOL_SOURCE[grading.source];
  const isFalse = grading.information === 'E' || before.length > 0;
  return {
    grading: { scheme: '4x4', source, information: TO_EUROPOL_INFORMATION[grading.information] },
    flags: isFalse ? ['suspected-false'] : [],
    undecided: reliable && reliableAs === undefined,
  };
}

function toUk(grading: EuropolGrading, flags: Translation['flags']): Translation {
  const information = flags.length > 0 ? 'E' : TO_UK_INFORMATION[grading.information];
  const source = TO_UK_SOURCE[grading.source];
  return { grading: { scheme: '3x5x2', source, information, handling: 'C' }, flags, undecided: false };
}
