import { expect, it } from '@jest/globals';
import { freePortBase } from '../support/ports.ts';
import { describeDistributed } from '../support/servers.ts';
import { runFaults } from './run.ts';

// The broker, which takes seconds to come back, is killed by `npm run test:faults`, which has all the other faults, too.
// ACCORD_FAULTS_SEED runs a seed again.
const seed = Number(process.env['ACCORD_FAULTS_SEED'] ?? Date.now() % 1_000_000);

await describeDistributed('the product while its processes are killed', () => {
  it('loses nothing, doubles nothing, and its views are those of a rebuild', async () => {
    const outcome = await runFaults({
      seed,
      kills: 4,
      most: 4,
      spread: 1_500,
      brokerAwayMs: 2_000,
      pace: 0.3,
      faults: ['duplicates', 'full-disk'],
      desks: 2,
      portBase: await freePortBase(),
      say: () => {},
      keep: false,
    });
    expect({ seed, ...outcome }).toMatchObject({
      seed,
      kills: { node: 1, relay: 1, 'joint-views': 1, database: 1, broker: 0 },
      lost: [],
      doubled: [],
      differing: [],
      wrong: [],
      notInjected: [],
    });
    expect(outcome.events).toBeGreaterThan(0);
  }, 300_000);
});
