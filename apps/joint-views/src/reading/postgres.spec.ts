import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { openPostgres, type Database } from '#sql';
import { describePostgres } from '../../../../libs/sql/src/testing/index.ts';
import { createCopy, NEXT, swap } from '../intake/schema.ts';
import { startReadSide, type Caller } from '../testing/caller.ts';
import { putReport, uuid } from '../testing/fixtures.ts';
import { putApproval, putOperation } from '../testing/operation-fixtures.ts';
import { putRegistry } from '../testing/registry-fixtures.ts';
import { openTables } from '../testing/tables.ts';
import { VIEWS } from '../views.ts';

const PERSON = `GB:${uuid(11)}`;

await describePostgres('reading on a server, its tables owned by no superuser', (newDatabase) => {
  let db: Database;
  let caller: Caller;

  beforeAll(async () => {
    const url = new URL(await newDatabase());
    const owner = `owner_of_${url.pathname.slice(1)}`;
    const superuser = await openPostgres({ url: url.href, max: 1 });
    await superuser.exec(`create role ${owner} login createrole password '${url.password}'`);
    await superuser.exec(`grant create on database ${url.pathname.slice(1)} to ${owner}`);
    await superuser.close();
    url.username = owner;
    db = await openTables(await openPostgres({ url: url.href, max: 8 }));
    await putRegistry(db);
    const entities = [{ id: PERSON, schema: 'Person', properties: { name: ['Arben Shembulli'] } }];
    await putReport(db, { id: uuid(1), entities });
    await putReport(db, { id: uuid(2), entities, shield: ['al'], title: 'Hidden' });
    await putOperation(db, { id: uuid(10), participants: ['AL'], launched: true, targets: [PERSON] });
    await putApproval(db, uuid(20), 'AL', uuid(10));
    caller = await startReadSide(db);
  });
  afterAll(async () => {
    await caller.close();
    await db.close();
  });

  it('answers every route, to many at once, each its own', async () => {
    const paths = ['reports', `reports/${uuid(1)}`, 'subjects?name=arben', `subjects/${PERSON}`, 'operations'];
    const others = [`networks/graph?subject=${PERSON}`, `operations/${uuid(10)}`, 'notices'];
    const ask = (member: string) =>
      Promise.all([...paths, ...others].map((path) => caller.get(`/v1/${path}`, { member })));
    const [al, xk] = await Promise.all([ask('AL'), ask('XK')]);
    expect([...al, ...xk].map(({ status }) => status)).toEqual(Array.from({ length: 16 }, () => 200));
    expect(al[6]!.json).toMatchObject({ state: 'launched', targets: [PERSON] });
    expect(al.map(({ text }) => text).join()).not.toContain(uuid(2));
    expect(xk.map(({ text }) => text).join()).toContain(uuid(2));
    const why = await caller.get(`/v1/explain?record=${uuid(2)}&member=AL&purpose=people-smuggling`, { member: 'GB' });
    expect(why.json).toMatchObject({ code: 'country-of-origin' });
  });

  it('feeds many that poll one feed at once, each the same', async () => {
    const polls = await Promise.all(Array.from({ length: 48 }, () => caller.get('/v1/changes')));
    expect(polls.map(({ status, json }) => [status, json.items?.length])).toEqual(
      Array.from({ length: 48 }, () => [200, 2]),
    );
    expect(new Set(polls.map(({ text }) => text)).size).toBe(1);
    expect(polls[0]!.text).not.toContain(uuid(2));
  });

  it('waits while a rebuilt copy is put in place, and then answers from that', async () => {
    await createCopy(db, NEXT, VIEWS);
    expect((await caller.get('/v1/reports')).json).toMatchObject({ items: [{ id: uuid(1) }] });
    let answered = false;
    let answer: Promise<unknown> | undefined;
    await db.transaction(async (sql) => {
      await sql.exec('lock table views.sources in exclusive mode');
      answer = caller.get('/v1/reports').then(({ json }) => {
        answered = true;
        return json as unknown;
      });
      // Long enough for an answer that doesn't wait.
      for (let i = 0; i < 20; i += 1) await sql.query('select pg_sleep(0.01)');
      expect(answered).toBe(false);
      await swap(sql);
    });
    // The new copy holds nothing, not even the members.
    expect(await answer).toEqual({ items: [], next: null });
  });
});
