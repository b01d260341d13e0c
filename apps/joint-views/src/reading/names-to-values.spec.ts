import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Database } from '#sql';
import { startReadSide, type Caller } from '../testing/caller.ts';
import { putReport, uuid } from '../testing/fixtures.ts';
import { putRegistry } from '../testing/registry-fixtures.ts';
import { openTables } from '../testing/tables.ts';

let db: Database;
let caller: Caller;
const PERSON = `GB:${uuid(101)}`;
// As a member's own software may say it: the model's names are checked by its node alone.
const properties = JSON.parse('{ "constructor": ["a"], "__proto__": ["b"], "toString": ["c"] }') as Record<
  string,
  string[]
>;

beforeAll(async () => {
  db = await openTables();
  await putRegistry(db);
  await putReport(db, { id: uuid(1), entities: [{ id: PERSON, schema: 'Person', properties }] });
  caller = await startReadSide(db);
});
afterAll(async () => {
  await caller.close();
  await db.close();
});

it.each([`/v1/reports/${uuid(1)}`, `/v1/subjects/${PERSON}`])(
  'a name of whatever kind is only a name: %s',
  async (path) => {
    const { status, text } = await caller.get(path);
    expect(status).toBe(200);
    for (const name of Object.keys(properties)) expect(text).toContain(`"${name}":[`);
  },
);
