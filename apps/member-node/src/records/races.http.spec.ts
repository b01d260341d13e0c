import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { describePostgres } from '../../../../libs/sql/src/testing/index.ts';
import { readUntil } from '#event-store/testing';
import { openPostgres, type Database } from '#sql';
import { person, reportBody } from '../testing/bodies.ts';
import { runNode, type RunningNode } from '../testing/running-node.ts';

const races = (open: () => Promise<Database | undefined>) => {
  let gb: RunningNode;
  let officer: string;

  beforeAll(async () => {
    gb = await runNode(await open());
    officer = await gb.token(['publisher', 'supervisor']);
  });
  afterAll(() => gb.close());

  const terms = { audience: 'TASK_FORCE', purposes: ['people-smuggling'] };
  const submit = (body: object, headers: Record<string, string> = {}) =>
    gb.call('POST', '/v1/reports', { as: officer, body: reportBody(body), headers });

  it('a claim and the releases that it shields, at once: each has the shield in the end', async () => {
    const known = (n: number) => person('p', { name: ['Y'], passportNumber: [`G10000${n}`], nationality: ['rs'] });
    const claim = (n: number) =>
      person('q', { name: ['Y'], passportNumber: [`G-10000${n}`] }, { protectionClaim: true });
    const people = [0, 1, 2, 3, 4, 5, 6, 7];
    const before = await Promise.all(people.map((n) => submit({ entities: [known(n)] })));
    const answers = await Promise.all(
      people.flatMap((n) => [
        gb.call('POST', `/v1/reports/${before[n]!.json.id}/release`, { as: officer, body: terms }),
        submit({ entities: [claim(n)] }),
        submit({ entities: [known(n)], release: terms }),
      ]),
    );
    expect(answers.map(({ status }) => status)).toEqual(people.flatMap(() => [200, 201, 201]));
    const released = people.flatMap((n) => [before[n]!.json.id, answers[n * 3 + 2]!.json.id]);
    const events = await gb.relayed();
    for (const id of released) {
      const shields = events
        .filter(({ subject, opened }) => subject === id && opened)
        .map(({ opened }) => opened!.shield);
      expect(shields.at(-1)).toEqual(['rs']);
    }
  });

  it('the same external id and the same key, at once: one report each', async () => {
    const same = await Promise.all(Array.from({ length: 8 }, () => submit({ externalId: 'RACE-1' })));
    expect(new Set(same.map(({ json }) => json.id)).size).toBe(1);
    expect(same.map(({ status }) => status).sort()).toEqual([200, 200, 200, 200, 200, 200, 200, 201]);
    const keyed = await Promise.all(Array.from({ length: 8 }, () => submit({}, { 'idempotency-key': 'race-1' })));
    expect(new Set(keyed.map(({ text }) => text)).size).toBe(1);
    expect(new Set(keyed.map(({ status }) => status))).toEqual(new Set([201]));
  });

  it('many releases of one report, at once: each its own version', async () => {
    const { json } = await submit({});
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => gb.call('POST', `/v1/reports/${json.id}/release`, { as: officer, body: terms })),
    );
    expect(answers.map((one) => one.json.version).sort((a, b) => a - b)).toEqual([2, 3, 4, 5, 6, 7, 8, 9]);
  });

  it('keeps its lists in step with its events', async () => {
    const before = await gb.call('GET', '/v1/reports?limit=500', { as: officer });
    const stored = await gb.count();
    // It catches up with what the store gives, which the tests of others may hold back.
    await readUntil(stored, () => gb.store.readAll(null, stored));
    await gb.node.app.close();
    await gb.db.exec('truncate gb.own_records, gb.own_touches, gb.own_identifiers, gb.own_applied');
    await gb.restart();
    expect((await gb.call('GET', '/v1/reports?limit=500', { as: officer })).json).toEqual(before.json);
  });
};

describe('what comes at once, on PGlite', () => races(() => Promise.resolve(undefined)));

await describePostgres('what comes at once, on PostgreSQL', (newDatabase) =>
  races(async () => openPostgres({ url: await newDatabase() })),
);
