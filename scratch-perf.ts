import { openTables } from './apps/joint-views/src/testing/tables.ts';
import { putAlert } from './apps/joint-views/src/testing/document-fixtures.ts';
import { putRegistry, putAgreement } from './apps/joint-views/src/testing/registry-fixtures.ts';
import { uuid, NOW } from './apps/joint-views/src/testing/fixtures.ts';
import { hitsOf } from './apps/joint-views/src/documents/checks.query.ts';
const db = await openTables();
await putRegistry(db); await putAgreement(db, { id: uuid(901), categories: ['document'], purposes: ['document-fraud'] });
await putAlert(db, { id: uuid(1) });
const time = async (label: string) => {
  const ts: number[] = [];
  for (let i = 0; i < 200; i++) { const n = i % 2 ? 'N' + (i * 37) : 'BA1234567'; const t = performance.now();
    await db.transaction(async (sql) => { await sql.query(`select views.access_enter('AL','document-fraud','SECRET',$1::timestamptz,'{}')`, [new Date(NOW)]); await hitsOf(sql, [{ number: n, issuingState: null, type: null, protection: false }], NOW); });
    ts.push(performance.now() - t); }
  ts.sort((a, b) => a - b); console.log(label, 'p50', ts[100]!.toFixed(2), 'p99', ts[198]!.toFixed(2), 'ms');
};
await time('1 alert');
const rows = Number(process.argv[2] ?? 1000000);
for (let from = 0; from < rows; from += 100000) await db.exec(`insert into views.document_alerts select gen_random_uuid(), originator, grant_key, audience, shield, purposes, classification, not_before, review_by, (n % 2)::smallint, withheld, handling_codes, released_at, updated_at, version, 'N' || n, 'N' || n, type, issuing_state, status, since, finding, stage, handling_text from views.document_alerts, generate_series(${from + 1}, ${from + 100000}) n where number_key = 'BA1234567'`);
await time(`${rows} alerts, half of them hidden, no statistics`);
await db.exec('analyze views.document_alerts');
await time('the same, with statistics');
await db.close();
