// npm run test:faults [-- --kills 200 --seed 3]: the product as processes on a real Kafka and PostgreSQL, under load,
// while its processes are killed and other things go wrong. Prints what was lost, doubled or differs, which is nothing.
import 'reflect-metadata';
import { parseArgs } from 'node:util';
import { freePortBase } from '../support/ports.ts';
import { hasFailed, runFaults, summaryOf } from './run.ts';
import { FAULTS, ROLES } from './schedule.ts';

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '200' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    'port-base': { type: 'string' },
    keep: { type: 'boolean', default: false },
  },
});
const [kills, seed] = [Number(values.kills), Number(values.seed)];
if (!Number.isInteger(kills) || kills < 1 || !Number.isInteger(seed)) {
  console.error('--kills is a number from 1 on, --seed an integer');
  process.exit(2);
}
const began = Date.now();
const say = (line: string): void => console.log(`[${((Date.now() - began) / 1000).toFixed(0)} s] ${line}`);
say(`${kills} kills, seed ${seed}`);
const outcome = await runFaults({
  seed,
  kills,
  most: 25,
  spread: 15_000,
  brokerAwayMs: 60_000,
  pace: 1,
  faults: FAULTS,
  desks: 2,
  portBase: values['port-base'] === undefined ? await freePortBase() : Number(values['port-base']),
  say,
  keep: values.keep,
});
for (const line of [...outcome.lost, ...outcome.doubled, ...outcome.differing, ...outcome.wrong].slice(0, 50))
  say(line);
for (const line of outcome.notInjected) say(`not injected: ${line}`);
say(`kills: ${ROLES.map((role) => `${role} ${outcome.kills[role]}`).join(', ')}`);
say(`other faults: ${FAULTS.map((fault) => `${fault} ${outcome.faults[fault] ?? 0}`).join(', ')}`);
say(`${outcome.acknowledged} commands acknowledged, ${outcome.events} events on the exchange`);
console.log(summaryOf(outcome));
process.exit(hasFailed(outcome) ? 1 : 0);
