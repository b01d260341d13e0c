import { describe, expect, it } from '@jest/globals';
import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { PROBLEM_CODES } from './problem-codes.ts';

const ROOT = fileURLToPath(new URL('../../../../', import.meta.url));
/** The first argument of what is thrown with a code of its own. */
const THROWN = /new (?:WrongState|RuleBroken)\(\s*'([^']+)'/g;

describe('problem codes', () => {
  it('are written one way', () => {
    for (const code of Object.keys(PROBLEM_CODES)) expect(code).toMatch(/^[a-z]+(-[a-z]+)*(\.[a-z]+(-[a-z]+)*)?$/);
  });

  it('are registered before they are thrown', () => {
    const sources = globSync('{apps,libs}/*/src/**/*.ts', { cwd: ROOT }).filter((path) => !path.endsWith('.spec.ts'));
    const thrown = sources.flatMap((path) =>
      [...readFileSync(ROOT + path, 'utf8').matchAll(THROWN)].map(([, code]) => ({ path, code: code! })),
    );
    expect(thrown.length).toBeGreaterThan(5);
    // Each that is listed here wants a line in problem-codes.ts that says what it means.
    expect(thrown.filter(({ code }) => !Object.hasOwn(PROBLEM_CODES, code))).toEqual([]);
  });
});
