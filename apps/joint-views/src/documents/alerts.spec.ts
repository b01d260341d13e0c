import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Database } from '#sql';
import { startReadSide, type Asked, type Caller } from '../testing/caller.ts';
import { putAlert } from '../testing/document-fixtures.ts';
import { at, uuid } from '../testing/fixtures.ts';
import { putAgreement, putRegistry } from '../testing/registry-fixtures.ts';
import { openTables } from '../testing/tables.ts';

const finding = { machine: 'Desk 3', pattern: 'The data page is of another batch.', images: ['0a'.repeat(32)] };

describe('the register of documents', () => {
  let db: Database;
  let caller: Caller;

  beforeAll(async () => {
    db = await openTables();
    await putRegistry(db);
    await putAgreement(db, { id: uuid(901), categories: ['document'], purposes: ['document-fraud'] });
    await putAlert(db, { id: uuid(1), updated: 1, content: { status: 'forged', finding } });
    await putAlert(db, {
      id: uuid(2),
      updated: 2,
      originator: 'XK',
      audience: ['AL'],
      content: { issuingState: 'XK' },
    });
    await putAlert(db, {
      id: uuid(3),
      updated: 3,
      audience: ['AL'],
      content: { type: 'visa', handlingText: 'Ask first' },
    });
    await putAlert(db, { id: uuid(4), updated: 4, content: { stage: 'withdrawn' } });
    await putAlert(db, { id: uuid(5), updated: 5, state: 'recalled' });
    await putAlert(db, { id: uuid(6), updated: 6, shield: ['al'], content: { status: 'lost' } });
    caller = await startReadSide(db);
  });
  afterAll(async () => {
    await caller.close();
    await db.close();
  });

  const get = (path: string, asked: Asked = {}) => caller.get(`/v1/${path}`, { purpose: 'document-fraud', ...asked });
  const ids = async (query: string, member = 'AL') =>
    (await get(`document-alerts?${query}`, { member })).json.items.map(({ id }: { id: string }) =>
      Number(id.slice(-2)),
    );

  it('is shown as far as the viewer may see it, newest first', async () => {
    expect(await ids('')).toEqual([4, 3, 2, 1]);
    expect(await ids('', 'XK')).toEqual([6, 4, 2, 1]);
    expect(await ids('originator=GB')).toEqual([4, 3, 1]);
    expect(await ids('issuingState=XK')).toEqual([2]);
    expect(await ids('type=visa')).toEqual([3]);
    expect(await ids('status=forged')).toEqual([1]);
    expect(await ids('status=lost')).toEqual([]);
    expect(await ids(`since=${at(3)}`)).toEqual([4, 3]);
    const paged = await caller.all('/v1/document-alerts?limit=1', { purpose: 'document-fraud' });
    expect(paged.map(({ id }) => id)).toEqual([4, 3, 2, 1].map(uuid));
  });

  it('says of each what it is, and what was found', async () => {
    const { json } = await get(`document-alerts/${uuid(1)}`);
    expect(json).toMatchObject({
      ...{ id: uuid(1), originator: 'GB', number: 'BA1234567', type: 'passport', issuingState: 'AL', status: 'forged' },
      ...{ since: '2026-01-01', finding, state: 'in-force', recordState: 'released', purposes: ['document-fraud'] },
    });
    expect((await get(`document-alerts/${uuid(3)}`)).json.handlingText).toBe('Ask first');
    expect((await get(`document-alerts/${uuid(4)}`)).json.state).toBe('withdrawn');
    for (const id of [uuid(5), uuid(6), uuid(99), 'x']) expect((await get(`document-alerts/${id}`)).status).toBe(404);
  });

  it('is what the change feed tells of', async () => {
    const { items } = (await get('changes?limit=50')).json as { items: { id: string; category: string }[] };
    expect(items.map(({ id }) => id).sort()).toEqual([1, 2, 3, 4].map(uuid));
    expect(new Set(items.map(({ category }) => category))).toEqual(new Set(['document']));
  });

  it('counts as documents stopped, while they stand in it', async () => {
    const stopped = async (member: string) =>
      ((await get('results', { member })).json.items as { member: string; documentsStopped: number }[])
        .filter(({ documentsStopped }) => documentsStopped > 0)
        .map(({ member: of, documentsStopped }) => `${of} ${documentsStopped}`);
    expect(await stopped('AL')).toEqual(['GB 2', 'XK 1']);
    expect(await stopped('XK')).toEqual(['GB 2', 'XK 1']);
    expect(await stopped('GB')).toEqual(['GB 3']);
  });

  it.each(['type=ticket', 'status=burnt', 'issuingState=al', 'number=BA1234567', 'originator=gb'])(
    'refuses %s',
    async (query) => {
      expect(await get(`document-alerts?${query}`)).toMatchObject({ status: 400, json: { code: 'invalid-request' } });
    },
  );
});
