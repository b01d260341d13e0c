import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Database } from '#sql';
import { listNotices, type NoticeRow } from '../notices/notices.query.ts';
import type { PageAsked } from '../reading/keyset.ts';
import { putAlert } from '../testing/document-fixtures.ts';
import { NOW, uuid } from '../testing/fixtures.ts';
import { startOver } from '../testing/notices.ts';
import { putAgreement } from '../testing/registry-fixtures.ts';
import { rowsRead } from '../testing/rows-read.ts';
import { openTables } from '../testing/tables.ts';
import { putAcknowledgement } from '../testing/word-fixtures.ts';

/** Checks by XK that hit an alert, one after the other. */
const CHECKS = `
  insert into consultation.entries (member, number, id, at, kind, actor, roles, clearance, purpose, case_reference,
    route, records, protection, applied, previous, hash)
  select 'XK', $1 + n, md5(($1 + n)::text)::uuid, '2026-01-01'::timestamptz + ($1 + n) * interval '1 second', 'read', 'u', '{}',
    'SECRET', 'document-fraud', 'C', 'POST /v1/document-checks', array[$3::uuid], false, '{}', '', ''
  from generate_series(1, $2::int) n`;

describe('a page of notices of checked documents', () => {
  let db: Database;
  const [ALBANIAN, OTHER] = [uuid(1), uuid(2)];

  beforeAll(async () => {
    db = await openTables();
    await startOver(db);
    await putAgreement(db, { id: uuid(901), categories: ['document'], purposes: ['document-fraud'] });
    await putAlert(db, { id: ALBANIAN });
    await putAlert(db, { id: OTHER, content: { issuingState: 'MK' } });
  });
  afterAll(() => db.close());

  const check = async (first: number, count: number, record: string) => {
    await db.query(CHECKS, [first, count, record]);
    await db.exec('analyze consultation.entries; analyze consultation.document_checks; analyze views.document_alerts');
  };
  const read = (asked: PageAsked) =>
    db.transaction(async (sql) => {
      let rows: NoticeRow[] = [];
      const read = await rowsRead(sql, ['entries', 'document_checks', 'document_alerts'], async () => {
        rows = await listNotices(sql, { member: 'AL', clearance: 'SECRET', now: NOW, withheld: [] }, asked);
      });
      return { rows, read };
    });
  const afterRow = ({ stamp, id }: NoticeRow) => ({ stamp, id });

  it('reads what it holds, however many were checked, of this state or another', async () => {
    await check(0, 1000, ALBANIAN);
    const few = await read({ limit: 5, after: null });
    expect(few.rows).toHaveLength(6);
    expect(few.read).toBeGreaterThan(0);
    expect(few.read).toBeLessThan(100);
    await check(1000, 2000, ALBANIAN);
    await check(5000, 2000, OTHER);
    const first = await read({ limit: 5, after: null });
    const whole = (await read({ limit: 5000, after: null })).rows;
    expect(whole).toHaveLength(3000);
    expect(first.rows).toEqual(whole.slice(0, 6));
    expect(first.read).toBe(few.read);
    // The cursor's own instant is read beside.
    const late = await read({ limit: 5, after: afterRow(whole[1000]!) });
    expect(late.rows).toEqual(whole.slice(1001, 1007));
    expect(late.read).toBeLessThan(3 * few.read);
  });

  it('looks up what was taken note of, and nothing else', async () => {
    const noted = (await read({ limit: 1, after: null })).rows[0]!;
    await putAcknowledgement(db, { id: uuid(50), originator: 'AL' }, noted.id);
    const { rows, read: cost } = await read({ limit: 5, after: null });
    expect(rows.map(({ kind, acknowledged }) => [kind, acknowledged]).slice(0, 2)).toEqual([
      ['document-checked', true],
      ['document-checked', false],
    ]);
    expect(cost).toBeLessThan(200);
  });
});
