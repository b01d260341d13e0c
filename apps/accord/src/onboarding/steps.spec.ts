import { expect, it } from '@jest/globals';
import type { Candidate } from './candidate.ts';
import { mustBeCheckable } from './steps.ts';

const candidate = (state: string) => ({ code: 'ME', state: async () => state }) as unknown as Candidate;

it.each([
  ['none', 'ME is no member yet'],
  ['proposed', 'ME is only proposed'],
  ['approved', 'ME is only approved'],
])('a check of a member in state %s says what is to be done first', async (state, said) => {
  const refusal = mustBeCheckable(candidate(state));
  await expect(refusal).rejects.toThrow(said);
  await expect(refusal).rejects.toThrow('`accord onboard ME`');
});

it.each(['keys-registered', 'conformance-passed', 'active'])('one in state %s may be checked', async (state) => {
  await expect(mustBeCheckable(candidate(state))).resolves.toBeUndefined();
});
