import { afterEach, beforeEach, expect, it, jest } from '@jest/globals';
import { IntakeGate, type GateParts } from './gate.ts';

beforeEach(() => {
  jest.useFakeTimers();
});
afterEach(() => {
  jest.useRealTimers();
});

it('looks are not begun beside one that an exchange leaves without an answer, and go on after it', async () => {
  let looks = 0;
  let answer: (() => void) | null = null;
  let silent = false;
  const announced = () => (silent ? new Promise<null>((resolve) => (answer = () => resolve(null))) : null);
  const states = { refresh: async () => void (looks += 1) };
  const gate = new IntakeGate({ states, exchange: { announced } } as unknown as GateParts);
  let also = 0;
  await gate.start(async () => void (also += 1));
  looks = 0;

  await jest.advanceTimersByTimeAsync(3_000);
  expect([looks, also]).toEqual([3, 3]);
  silent = true;
  await jest.advanceTimersByTimeAsync(20_000);
  expect([looks, also]).toEqual([4, 3]);
  // One that will never be answered isn't the last.
  await jest.advanceTimersByTimeAsync(15_000);
  expect(looks).toBe(5);
  silent = false;
  (answer as unknown as () => void)();
  await jest.advanceTimersByTimeAsync(30_000);
  expect(looks).toBeGreaterThan(5);
  gate.stop();
});
