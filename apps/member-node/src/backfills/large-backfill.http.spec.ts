import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { reportBody } from '../testing/bodies.ts';
import { runNode, type RunningNode } from '../testing/running-node.ts';

const EXTENDED = 'accord.records.audience-extended.v1';
// More than two of its batches.
const RECORDS = 500;

let gb: RunningNode;
let officer: string;
beforeAll(async () => {
  gb = await runNode();
  officer = await gb.token(['publisher', 'supervisor']);
  const release = { audience: 'TASK_FORCE', purposes: ['people-smuggling'] };
  const line = (n: number) => JSON.stringify(reportBody({ externalId: `R-${n}`, release }));
  const raw = Array.from({ length: RECORDS }, (_, n) => line(n)).join('\n');
  const headers = { 'content-type': 'application/x-ndjson' };
  await gb.call('POST', '/v1/reports:batch', { as: officer, raw, headers });
  await gb.say('MK', 'active');
  while (gb.node.taskForce.stateOf('MK', '') !== 'active') await new Promise((resolve) => setTimeout(resolve, 10));
});
afterAll(() => gb.close());

const extended = async (): Promise<string[]> => {
  const rows = await gb.db.query<{ stream: string }>(
    `select stream from gb.events where publish like '%"type":"${EXTENDED}"%'`,
  );
  return rows.map(({ stream }) => stream);
};

it('a large backfill that is killed in its middle, more than once, goes on and does nothing twice', async () => {
  // From an append on the process is dead: that one is stored, and nobody is told.
  Object.assign(gb.faults, { passing: 1, afterAppend: 1 });
  await gb.call('POST', '/v1/backfills', { as: officer, body: { member: 'MK', since: 'all' } });
  await gb.node.app.close();
  const first = (await extended()).length;
  Object.assign(gb.faults, { passing: 0, afterAppend: 1 });
  await gb.restart();
  await gb.node.app.close();
  const second = (await extended()).length;
  Object.assign(gb.faults, { passing: 0, afterAppend: 0 });
  await gb.restart();
  const told = () => gb.call('GET', '/v1/backfills/MK', { as: officer });
  for (let { json } = await told(); json.state !== 'done'; { json } = await told());
  const all = await extended();
  expect([first > 0, first < RECORDS, second >= first]).toEqual([true, true, true]);
  expect([all.length, new Set(all).size]).toEqual([RECORDS, RECORDS]);
});
