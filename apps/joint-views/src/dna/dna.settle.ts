import { genotypeOf, type Found, type Profile, type SearchEngine } from '#dna';
import type { Sql } from '#sql';
import { hitId } from './hit-id.ts';
import { forgotten, hasSearchOf, searchOf } from './searches.ts';

interface Placed {
  record: string;
  place: number;
  profile: Profile;
}

interface Met {
  record: string;
  other: string;
  hit: string;
  quality: number;
  matched: number;
}

/** As many profiles as go to the search at once when it is filled. */
const PAGE = 20_000;
/** As many as are searched for at once. */
const BATCH = 500;

/**
 * Finds whom the profiles just put meet, among all that are there, and writes it down. One transaction at a time does so
 * (see store.ts), so of two profiles the later finds the earlier, whoever came first: the pairs are a function of the set
 * of profiles. What goes takes its hits along. The search runs in a thread of its own.
 */
export async function matchProfiles(sql: Sql, schema: string, records: readonly string[]): Promise<void> {
  const fresh = await placeNew(sql, schema, records);
  const copy = await copyOf(sql, schema);
  if (fresh.length === 0 && !hasSearchOf(copy)) return;
  const engine = searchOf(copy);
  await forget(sql, schema, engine);
  if (fresh.length === 0) return;
  await fill(sql, schema, engine);
  for (let at = 0; at < fresh.length; at += BATCH) {
    const some = fresh.slice(at, at + BATCH);
    const found = await engine.search(some.map(({ profile }) => genotypeOf(profile)));
    await write(sql, schema, await meetings(sql, schema, engine, some, found));
  }
}

/**
 * Fills the search of a copy with what is there, in nobody's transaction: the first profile that comes after a start needn't
 * wait for it. Tells, of very many, how many are in it. Only one transaction at a time gives places, so none is passed over.
 */
export async function fillSearch(sql: Sql, schema: string, tell: (done: number) => void): Promise<void> {
  const [some] = await sql.query(`select from ${schema}.dna_places limit 1`);
  if (some) await fill(sql, schema, searchOf(await copyOf(sql, schema)), tell);
}

const PROFILES = (schema: string) => `
  select l.record, l.place::float8 as place, p.profile
  from ${schema}.dna_places l join ${schema}.dna_profiles p on p.record = l.record`;

async function placeNew(sql: Sql, schema: string, records: readonly string[]): Promise<Placed[]> {
  const placed = await sql.query<{ record: string }>(
    `insert into ${schema}.dna_places (record)
     select p.record from ${schema}.dna_profiles p
     where p.record = any ($1::uuid[]) and not exists (select from ${schema}.dna_places l where l.record = p.record)
     returning record`,
    [records],
  );
  if (placed.length === 0) return [];
  return sql.query<Placed>(`${PROFILES(schema)} where l.record = any ($1::uuid[]) order by l.place`, [
    placed.map(({ record }) => record),
  ]);
}

async function copyOf(sql: Sql, schema: string): Promise<string> {
  const [copy] = await sql.query<{ id: string }>(`select ${schema}.dna_copy() as id`);
  return copy!.id;
}

/** What no longer stands where it stood leaves the search's memory at once: nothing of what is erased stays there. */
async function forget(sql: Sql, schema: string, engine: SearchEngine): Promise<void> {
  const gone = await sql.query<{ n: number; place: number }>(
    `select n::float8 as n, place::float8 as place from ${schema}.dna_gone where n > $1 order by n`,
    [forgotten.get(engine) ?? 0],
  );
  if (gone.length === 0) return;
  await engine.remove(gone.map(({ place }) => place));
  forgotten.set(engine, gone.at(-1)!.n);
}

/** Puts in what isn't in it yet: what is new, what another instance applied, and all that wasn't filled in at the start. */
async function fill(
  sql: Sql,
  schema: string,
  engine: SearchEngine,
  tell: (done: number) => void = () => undefined,
): Promise<void> {
  let { last, size } = await engine.measure();
  for (;;) {
    const page = await sql.query<Placed>(`${PROFILES(schema)} where l.place > $1 order by l.place limit ${PAGE}`, [
      last,
    ]);
    if (page.length === 0) return;
    await engine.add(page.map(({ place, profile }) => ({ key: place, genotype: genotypeOf(profile) })));
    last = page.at(-1)!.place;
    size += page.length;
    if (page.length < PAGE) return;
    tell(size);
  }
}

/** Of what was found, what is there: a place that isn't was given in a transaction that came to nothing. */
async function meetings(
  sql: Sql,
  schema: string,
  engine: SearchEngine,
  asked: readonly Placed[],
  found: readonly Found[][],
): Promise<Met[]> {
  const keys = [...new Set(found.flat().map(({ key }) => key))];
  const rows = await sql.query<{ record: string; place: number }>(
    `select record, place::float8 as place from ${schema}.dna_places where place = any ($1::bigint[])`,
    [keys],
  );
  const records = new Map(rows.map(({ record, place }) => [place, record]));
  await engine.remove(keys.filter((key) => !records.has(key)));
  const met = new Map<string, Met>();
  for (const [n, { record }] of asked.entries()) {
    for (const { key, quality, matched } of found[n]!) {
      const other = records.get(key);
      if (other === undefined || other === record) continue;
      const hit = hitId(record, other);
      for (const [one, two] of [
        [record, other],
        [other, record],
      ] as const) {
        met.set(`${one} ${two}`, { record: one, other: two, hit, quality, matched });
      }
    }
  }
  return [...met.values()];
}

async function write(sql: Sql, schema: string, met: readonly Met[]): Promise<void> {
  if (met.length === 0) return;
  await sql.query(
    `insert into ${schema}.dna_hits (record, other, originator, hit, quality, matched, at)
     select x.record, x.other, p.originator, x.hit, x.quality, x.matched,
       greatest(p.updated_at, p.not_before, o.updated_at, o.not_before)
     from json_to_recordset($1::text::json) as x (record uuid, other uuid, hit uuid, quality smallint, matched smallint)
     join ${schema}.dna_profiles p on p.record = x.record
     join ${schema}.dna_profiles o on o.record = x.other
     on conflict do nothing`,
    [JSON.stringify(met)],
  );
}
