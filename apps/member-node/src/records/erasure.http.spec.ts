import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { person, reportBody } from '../testing/bodies.ts';
import { runNode, type RunningNode } from '../testing/running-node.ts';

const WORDS = /qelibar|K7654321|xhevahir/i;

describe('what is of a person', () => {
  let gb: RunningNode;
  let officer: string;

  beforeAll(async () => {
    gb = await runNode();
    officer = await gb.token(['publisher', 'supervisor']);
  });
  afterAll(() => gb.close());

  /** Every row of every table, as text. */
  const rows = async (): Promise<string> => {
    const tables = await gb.db.query<{ name: string }>(
      `select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname in ('gb', 'exchange')`,
    );
    const texts: string[] = [];
    for (const { name } of tables) {
      const found = await gb.db.query<{ row: string }>(`select t::text as row from ${name} t`);
      texts.push(...found.map(({ row }) => row));
    }
    return texts.join('\n');
  };

  it('is stored and sent as ciphertext alone, and can be opened by nobody once erased', async () => {
    const local = 'xhevahir';
    const entities = [
      person(
        local,
        { name: ['Qelibar Shembulli'], passportNumber: ['K7654321'], nationality: ['al'] },
        { protectionClaim: true },
      ),
    ];
    const tearLine = { title: 'Qelibar again', entities: [], audience: 'TASK_FORCE' };
    const release = { audience: ['XK'], purposes: ['people-smuggling'], tearLine };
    const headers = { 'idempotency-key': 'erase-1' };
    const body = reportBody({ externalId: 'QELIBAR-1', title: 'Qelibar', entities, release });
    const { json, status } = await gb.call('POST', '/v1/reports', { as: officer, body, headers });
    expect({ status, version: json.version }).toEqual({ status: 201, version: 3 });
    await gb.call('POST', `/v1/reports/${json.id}/amend`, {
      as: officer,
      body: { title: 'Qelibar too', reason: 'Qelibar asked' },
    });
    const shown = await gb.call('GET', `/v1/reports/${json.id}`, { as: officer });
    expect(shown.text).toMatch(WORDS);
    expect((await gb.relayed()).filter(({ opened }) => opened)).toHaveLength(3);
    expect(await rows()).not.toMatch(WORDS);

    await gb.db.exec('create table gb.backup as table gb.keys');
    await gb.call('POST', `/v1/reports/${json.id}/erase`, { as: officer, body: { reason: 'Qelibar may not be kept' } });
    const keys = await gb.db.query<{ n: number }>('select count(*)::int as n from gb.keys');
    expect(keys[0]!.n).toBe(0);
    expect(gb.taker.keys.size).toBe(0);
    expect(await rows()).not.toMatch(WORDS);
    const events = await gb.relayed();
    expect(events.filter(({ opened }) => opened)).toEqual([]);
    expect(events.filter(({ type }) => type.endsWith('record-erased.v1'))).toHaveLength(2);
    await gb.restart();
    for (const path of [`/v1/reports/${json.id}`, `/v1/reports/${json.id}/history`, '/v1/reports']) {
      const answer = await gb.call('GET', path, { as: officer });
      expect(answer.status).toBe(200);
      expect(answer.text).not.toMatch(WORDS);
    }
    const again = await gb.call('POST', '/v1/reports', { as: officer, body });
    expect(again).toMatchObject({ status: 200, json: { id: json.id, version: 3 } });
    expect(await rows()).not.toMatch(WORDS);
    // A backup of the keys that is older than the erasure opens nothing once the node has started on it.
    await gb.db.exec('insert into gb.keys table gb.backup');
    await gb.restart();
    expect(await gb.db.query('select * from gb.keys')).toEqual([]);
  });
});
