import type { Database } from '#sql';

/** What a row's columns are made of: `n` counts from 1, `h` is a hash of it and the seed. Half or so are for AL. */
const RULE_COLUMNS = `
  (array['GB','AL','XK','MK','ME'])[1 + h % 5], (h % 5 * 8 + h / 5 % 3)::int,
  (h / 16 % 32 | case when h % 10 < 7 then 2 else 0 end)::bigint, (case when h % 31 = 0 then 2 else 0 end)::bigint,
  (h / 512 % 128 | case when h % 7 < 5 then 1 else 0 end)::bigint,
  (case when h % 20 = 0 then 2 when h % 6 = 0 then 1 else 0 end)::smallint,
  case when h % 53 = 0 then timestamptz '2031-01-01Z' end,
  case when h % 23 = 0 then timestamptz '2025-01-01Z' else timestamptz '2030-01-01Z' end,
  (case when h % 29 = 0 then 1 + h % 3 else 0 end)::smallint, h % 97 = 0`;
const RULE_NAMES = `originator, grant_key, audience, shield, purposes, classification, not_before, review_by, state, withheld`;

const record = (n: string) => `('00000000-0000-7000-8000-' || lpad(to_hex(${n}), 12, '0'))::uuid`;
const entity = (n: string) => `'GB:00000000-0000-7000-9000-' || lpad(to_hex(${n}), 12, '0')`;
const UPDATED = `timestamptz '2020-01-01Z' + n * interval '1 second'`;

export const recordId = (n: number): string => `00000000-0000-7000-8000-${n.toString(16).padStart(12, '0')}`;
export const entityId = (n: number): string => `GB:00000000-0000-7000-9000-${n.toString(16).padStart(12, '0')}`;

const insert = (table: string, names: string, columns: string): string => `
  insert into views.${table} (record, ${RULE_NAMES}, ${names})
  select ${record('n')}, ${RULE_COLUMNS}, ${columns}
  from generate_series($1::bigint, $2::bigint) n, lateral (select hashint8extended(n, $3) & 2147483647 as h) as hashed`;

const TABLES = [
  insert(
    'reports',
    `category, title, grading, handling_codes, handling_text, purpose_codes, legal_basis, released_at, updated_at, version`,
    `'intelligence', 'Boats bought for the route, report ' || n,
     '{"scheme":"3x5x2","source":"2","information":"B","handling":"P"}'::jsonb, array['H0'], null,
     array['people-smuggling'], 'Immigration Act 1971 s.25', ${UPDATED}, ${UPDATED}, 1`,
  ),
  insert(
    'entities',
    `entity, position, schema, assertion, subject_category, nationalities, updated_at`,
    `${entity('n')}, 0, 'Person', 'fact', 'suspect', array['al'], ${UPDATED}`,
  ),
  // Each entity is linked to two others, anywhere.
  insert(
    'links',
    `link, schema, source, target, assertion`,
    `'GB:l' || n, 'Associate', ${entity('n')}, ${entity('1 + (n * 7919 + h) % $4::bigint')}, 'fact'`,
  ),
];

const MEMBERS = `
  insert into views.members (code, bit, name, contact, state, signing_keys)
  select code, nth - 1, code, '', 'active', '[]'
  from unnest(array['GB','AL','XK','MK','ME']) with ordinality as m (code, nth)`;
const AGREEMENT = `
  insert into views.agreements values ('00000000-0000-7000-8000-000000000001', 'All', array['GB','AL','XK'],
    array['intelligence','operation','dna'], array['people-smuggling'], '2020-01-01Z', null, false, 'in-force',
    '2020-01-01Z', array['GB','AL','XK'], null)`;

const CHUNK = 250_000;

/** Fills the live copy's tables of reports, entities and links with `count` rows each, generated from a seed. */
export async function fill(db: Database, count: number, seed: number): Promise<void> {
  await db.exec(MEMBERS);
  await db.exec(AGREEMENT);
  const [reports, entities, links] = TABLES as [string, string, string];
  for (let from = 1; from <= count; from += CHUNK) {
    const to = Math.min(count, from + CHUNK - 1);
    // Two at a time: one for each core.
    await Promise.all([
      db.query(reports, [from, to, seed]),
      db.query(entities, [from, to, seed]).then(() => db.query(links, [from, to, seed, count])),
    ]);
  }
  for (const table of ['reports', 'entities', 'links']) await db.exec(`vacuum (analyze, freeze) views.${table}`);
  await db.exec('checkpoint');
}
