import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { uuidv8 } from '#contracts';
import type { Database } from '#sql';
import { putProfile } from '../testing/dna-fixtures.ts';
import { NOW, uuid } from '../testing/fixtures.ts';
import { rowsRead } from '../testing/rows-read.ts';
import { startOver } from '../testing/notices.ts';
import { putAgreement } from '../testing/registry-fixtures.ts';
import { openTables } from '../testing/tables.ts';
import { listHits, type HitRow } from './hits.query.ts';
import type { PageAsked } from '../reading/keyset.ts';

const REFERENCE = uuid(1);

/** Traces of GB like the one that is there, each a second later, and that each of them meets AL's reference. */
const LIKE = `
  with traces as (
    insert into views.dna_profiles
    select (jsonb_populate_record(t, jsonb_build_object('record', x.id, 'reference', 'GB-' || n,
      'updated_at', t.updated_at + n * interval '1 second', 'audience', case when n % $3 = 0 then 7 else 0 end))).*
    from views.dna_profiles t, unnest($2::uuid[]) with ordinality as x (id, n) where t.record = $1
    returning record, originator, updated_at
  )
  insert into views.dna_hits (record, other, originator, hit, quality, matched, at)
  select side.record, side.other, side.originator, h.hit, 1, 7, t.updated_at
  from traces t join unnest($2::uuid[], $4::uuid[]) as h (record, hit) on h.record = t.record
  cross join lateral (values
    (t.record, $5::uuid, t.originator), ($5::uuid, t.record, 'AL')) as side (record, other, originator)`;

describe('a page of hits', () => {
  let db: Database;
  const TRACE = uuid(2);

  beforeAll(async () => {
    db = await openTables();
    await startOver(db);
    await putAgreement(db, { id: uuid(901), categories: ['dna'], purposes: ['forensic-matching'] });
    await putProfile(db, { id: REFERENCE, reference: 'AL-9', kind: 'reference', originator: 'AL' });
    await putProfile(db, { id: TRACE, reference: 'GB-1', kind: 'trace', originator: 'GB', updated: 20 });
  });
  afterAll(() => db.close());

  /** So many more, of which one in `shared` may be known of. */
  const grow = async (first: number, count: number, shared: number) => {
    const traces = Array.from({ length: count }, (_, n) => uuid(first + n));
    const hits = traces.map((trace) => uuidv8('dna-hit', ...[REFERENCE, trace].sort()));
    await db.query(LIKE, [TRACE, traces, shared, hits, REFERENCE]);
    await db.exec('analyze views.dna_profiles; analyze views.dna_hits');
  };
  const read = (asked: PageAsked) =>
    db.transaction(async (sql) => {
      await sql.query(`select views.access_enter('AL', 'forensic-matching', 'SECRET', $1, '{}')`, [new Date(NOW)]);
      let rows: HitRow[] = [];
      const read = await rowsRead(sql, ['dna_hits', 'dna_profiles'], async () => {
        rows = await listHits(sql, {}, asked);
      });
      return { rows, read };
    });
  const afterRow = ({ stamp, id }: HitRow) => ({ stamp, id });

  it('reads what it holds, however many there are, and wherever it begins', async () => {
    await grow(1000, 1000, 1);
    const few = await read({ limit: 5, after: null });
    expect(few.rows).toHaveLength(6);
    await grow(2000, 3000, 1);
    const first = await read({ limit: 5, after: null });
    const whole = (await read({ limit: 5000, after: null })).rows;
    expect(whole).toHaveLength(4001);
    const middle = whole[2500]!;
    const late = await read({ limit: 5, after: afterRow(middle) });
    expect(first.rows).toEqual(whole.slice(0, 6));
    expect(late.rows).toEqual(whole.slice(2501, 2507));
    expect(few.read).toBeGreaterThan(0);
    expect(few.read).toBeLessThan(100);
    expect([first.read, late.read]).toEqual([few.read, few.read]);
  });

  it('goes on past what the viewer may not know of', async () => {
    await grow(6000, 500, 50);
    const { rows } = await read({ limit: 20, after: null });
    const whole = (await read({ limit: 5000, after: null })).rows;
    expect(whole).toHaveLength(4011);
    expect(rows).toEqual(whole.slice(0, 21));
    expect([...whole].sort((a, b) => (a.stamp + a.id < b.stamp + b.id ? 1 : -1))).toEqual(whole);
  });
});
