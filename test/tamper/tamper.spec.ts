import { describe, expect, it } from '@jest/globals';
import { EVENT_MUTATIONS } from './events.ts';
import { LINE_MUTATIONS } from './lines.ts';
import { tamper } from './main.ts';

// Printed by name, so that a failure can be run again: ACCORD_TAMPER_SEED=… npm test -- test/tamper
const seed = Number(process.env['ACCORD_TAMPER_SEED'] ?? Math.floor(Math.random() * 1e6));

describe('what was altered where it is stored', () => {
  it(`is found, of seed ${seed}`, async () => {
    const { detected, tally, missed } = await tamper(300, seed, () => {});
    expect(missed).toEqual([]);
    expect(detected).toBe(300);
    expect(tally.size).toBe(Object.keys(EVENT_MUTATIONS).length + Object.keys(LINE_MUTATIONS).length);
  });
});
