import { Problem } from '../../problems/problem.ts';

/** What an act is refused with: status, code, and path and rule of each error. For tests. */
export const wrong = (act: () => unknown): string => {
  try {
    act();
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return [error.status, error.code, ...error.errors.map((e) => `${e.path} ${e.rule}`)].join(' ');
  }
  return 'accepted';
};
/** A body without one of its fields. */
export const without = (body: object, field: string): object =>
  Object.fromEntries(Object.entries(body).filter(([key]) => key !== field));
