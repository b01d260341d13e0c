import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Database } from '#sql';
import { openTables } from '../testing/tables.ts';
import { recording } from '../testing/caller.ts';
import { uuid } from '../testing/fixtures.ts';
import { ConsultationLog } from './consultation-log.ts';
import { firstBreak, type Consultation, type Entry } from './entry.ts';

const NOW = Date.UTC(2026, 0, 1);
const asked = (over: Partial<Consultation> = {}): Consultation => ({
  member: 'AL',
  kind: 'read',
  at: NOW,
  user: 'u1',
  roles: ['analyst'],
  clearance: 'SECRET',
  purpose: 'people-smuggling',
  case: 'CASE-1',
  route: 'GET /v1/reports',
  records: [{ record: uuid(1), originator: 'GB' }],
  applied: { '/members/GB': 7 },
  ...over,
});

describe('the consultation log', () => {
  let db: Database;
  beforeAll(async () => {
    db = await openTables();
  });
  afterAll(() => db.close());
  beforeEach(() => db.exec('truncate consultation.entries, consultation.reads'));

  const entriesOf = async (member: string): Promise<Entry[]> => {
    const rows = await db.query<Omit<Entry, 'at'> & { at: Date }>(
      'select * from consultation.entries where member = $1 order by number',
      [member],
    );
    return rows.map((row) => ({ ...row, at: row.at.toISOString() }));
  };

  it('chains what each member read, apart from the others', async () => {
    const log = new ConsultationLog(db, { now: () => NOW });
    for (const member of ['AL', 'XK', 'AL']) await log.record(asked({ member }));
    const entries = await entriesOf('AL');
    expect(entries).toMatchObject([
      { number: 1, actor: 'u1', case_reference: 'CASE-1', records: [uuid(1)], previous: '0'.repeat(64) },
      { number: 2, previous: entries[0]!.hash },
    ]);
    expect(firstBreak(entries)).toBeNull();
    expect(firstBreak(await entriesOf('XK'))).toBeNull();
  });

  it('shows where an entry was changed, left out or put in another order', async () => {
    const log = new ConsultationLog(db, { now: () => NOW });
    for (let i = 0; i < 4; i += 1) await log.record(asked());
    const entries = await entriesOf('AL');
    const [a, b, c, d] = entries as [Entry, Entry, Entry, Entry];
    expect(firstBreak([a, { ...b, actor: 'u2' }, c, d])).toBe(2);
    expect(firstBreak([a, b, { ...c, records: [] }, d])).toBe(3);
    expect(firstBreak([a, b, d])).toBe(3);
    expect(firstBreak([b, a, c, d])).toBe(1);
  });

  it('writes readers that come together in few transactions, and each is there when it is told', async () => {
    const { db: recorded, statements } = recording(db);
    const log = new ConsultationLog(recorded, { now: () => NOW });
    await Promise.all(Array.from({ length: 100 }, () => log.record(asked())));
    expect(statements.filter((text) => text.includes('consultation.append'))).toHaveLength(2);
    const entries = await entriesOf('AL');
    expect(entries).toHaveLength(100);
    expect(firstBreak(entries)).toBeNull();
  });

  it('keeps the first read of a record by its snapshot, with how far its originator had been applied then', async () => {
    const log = new ConsultationLog(db, { now: () => NOW });
    await log.record(asked());
    for (const sequence of [9, 6, 8]) await log.record(asked({ applied: { '/members/GB': sequence } }));
    const twice = [
      { record: uuid(2), originator: 'XK' },
      { record: uuid(2), originator: 'XK' },
    ];
    await log.record(asked({ records: twice, applied: {} }));
    const reads = await db.query('select member, record, sequence from consultation.reads order by record');
    expect(reads).toEqual([
      { member: 'AL', record: uuid(1), sequence: 6 },
      { member: 'AL', record: uuid(2), sequence: 0 },
    ]);
    expect((await entriesOf('AL')).map(({ records }) => records)).toEqual([
      ...Array.from({ length: 4 }, () => [uuid(1)]),
      [uuid(2)],
    ]);
  });

  it('writes what it knows to be served no second time, and what is earlier all the same', async () => {
    const { db: recorded, statements, given } = recording(db);
    const log = new ConsultationLog(recorded, { now: () => NOW });
    for (const sequence of [7, 7, 9, 5, 6]) await log.record(asked({ applied: { '/members/GB': sequence } }));
    const appends = given.filter((_, i) => statements[i]!.includes('consultation.append'));
    const reads = appends.map((params) => JSON.parse((params as string[])[2]!) as unknown[]);
    expect(reads.map(({ length }) => length)).toEqual([1, 0, 0, 1, 0]);
    expect(await db.query('select sequence from consultation.reads')).toEqual([{ sequence: 5 }]);
  });

  it('keeps one chain where instances write at the same time, and the earliest of first reads', async () => {
    const logs = Array.from({ length: 3 }, () => new ConsultationLog(db, { now: () => NOW }));
    for (let round = 0; round < 5; round += 1) {
      const each = logs.flatMap((log, i) =>
        ['AL', 'XK', 'AL'].map((member) =>
          log.record(asked({ member, applied: { '/members/GB': 30 - round * 3 - i } })),
        ),
      );
      await Promise.all(each);
    }
    for (const [member, count] of [['AL', 30] as const, ['XK', 15] as const]) {
      const entries = await entriesOf(member);
      expect([entries.length, firstBreak(entries)]).toEqual([count, null]);
    }
    const reads = await db.query('select member, sequence from consultation.reads order by member');
    expect(reads).toEqual([
      { member: 'AL', sequence: 16 },
      { member: 'XK', sequence: 16 },
    ]);
  });

  it.each([
    ['emptied', 'truncate consultation.entries, consultation.reads', 1],
    ['set back', 'delete from consultation.entries where number > 1; truncate consultation.reads', 2],
  ])('relies on nothing that it remembers of a log that was %s meanwhile', async (_, loss, count) => {
    const log = new ConsultationLog(db, { now: () => NOW });
    for (let i = 0; i < 3; i += 1) await log.record(asked());
    await db.exec(loss);
    await log.record(asked());
    const entries = await entriesOf('AL');
    expect([entries.length, firstBreak(entries)]).toEqual([count, null]);
    expect(await db.query('select sequence from consultation.reads')).toEqual([{ sequence: 7 }]);
  });

  it('refuses when it cannot write, and goes on when it can again', async () => {
    const log = new ConsultationLog(db, { now: () => NOW });
    await db.exec('alter table consultation.entries rename to away');
    await expect(log.record(asked())).rejects.toMatchObject({ code: 'store-unavailable', status: 503 });
    await db.exec('alter table consultation.away rename to entries');
    await log.record(asked());
    expect(await entriesOf('AL')).toHaveLength(1);
  });

  it('does not refuse the neighbours of one that cannot be written', async () => {
    const log = new ConsultationLog(db, { now: () => NOW });
    const broken = asked({ records: [{ record: 'no uuid', originator: 'GB' }] });
    const outcomes = await Promise.allSettled([asked(), asked(), broken, asked()].map((one) => log.record(one)));
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled']);
    const entries = await entriesOf('AL');
    expect(entries).toHaveLength(3);
    expect(firstBreak(entries)).toBeNull();
  });
});
