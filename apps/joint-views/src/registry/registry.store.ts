import { MAX_MEMBERS } from '#contracts';
import type { Sql } from '#sql';
import { START } from '../intake/chain.ts';
import { sourceOf } from '../intake/sources.ts';
import { settleViews } from '../records/parts.ts';
import { followRecords } from '../records/sink.ts';
import type { View } from '../records/view.ts';
import {
  agreementRow,
  memberRow,
  type AgreementData,
  type MemberData,
  type RegistryEvent,
} from './registry.projection.ts';
import { newlyRevoked, withdrawRevoked } from './revoked-keys.ts';

/** The last word on each, since every event tells the whole. */
const latest = <Data>(events: readonly RegistryEvent[]): Data[] => [
  ...new Map(events.map(({ subject, data }) => [subject, data as Data])).values(),
];

/** Upserts the members, and gives those that are new their bit in whatever named them before they were members. */
export async function applyMembers(
  sql: Sql,
  schema: string,
  views: readonly View[],
  events: readonly RegistryEvent[],
): Promise<void> {
  const members = latest<MemberData>(events);
  const known = await sql.query<{ code: string; signing_keys: MemberData['signingKeys'] }>(
    `select code, signing_keys from ${schema}.members`,
  );
  for (const member of members) {
    await upsertMember(sql, schema, member);
    const before = known.find(({ code }) => code === member.code);
    if (!before) await welcome(sql, schema, views, member);
    const revoked = newlyRevoked(before?.signing_keys ?? [], member.signingKeys);
    await withdrawRevoked(sql, { schema, views }, member.code, revoked);
  }
}

async function upsertMember(sql: Sql, schema: string, member: MemberData): Promise<void> {
  const row = memberRow(member);
  await sql.query(
    `insert into ${schema}.members (code, bit, name, contact, state, issuer, jwks, jwks_uri, signing_keys)
     values ($1, $2, $3, $4, $5, $6, $7::text::jsonb, $8, $9::text::jsonb)
     on conflict (code) do update set name = excluded.name, contact = excluded.contact, state = excluded.state,
       issuer = excluded.issuer, jwks = excluded.jwks, jwks_uri = excluded.jwks_uri,
       signing_keys = excluded.signing_keys`,
    [
      row['code'],
      row['bit'],
      row['name'],
      row['contact'],
      row['state'],
      row['issuer'],
      row['jwks'] === null ? null : JSON.stringify(row['jwks']),
      row['jwks_uri'],
      JSON.stringify(row['signing_keys']),
    ],
  );
}

async function welcome(sql: Sql, schema: string, views: readonly View[], { code, bit }: MemberData): Promise<void> {
  if (bit >= MAX_MEMBERS) throw new Error(`${code} has no place in the masks`);
  await sql.query(
    `insert into ${schema}.sources (source, sequence, hash, log_offset) values ($1, $2, $3, 0) on conflict do nothing`,
    [sourceOf(code), START.sequence, START.hash],
  );
  const named = await sql.query<{ record: string }>(
    `update ${schema}.records set
       shield = shield | case when $2::text = any(shield_codes) then 1::bigint << $3::int else 0 end,
       audience = audience | case when $1::text = any(audience_codes) then 1::bigint << $3::int else 0 end
     where $2::text = any(shield_codes) or $1::text = any(audience_codes) returning record`,
    [code, code.toLowerCase(), bit],
  );
  const records = named.map(({ record }) => record);
  if (records.length === 0) return;
  await followRecords(
    sql,
    schema,
    views.flatMap(({ tables }) => tables),
    records,
  );
  await settleViews(sql, schema, views, records);
}

export async function applyAgreements(sql: Sql, schema: string, events: readonly RegistryEvent[]): Promise<void> {
  for (const agreement of latest<AgreementData>(events)) await upsertAgreement(sql, schema, agreement);
}

async function upsertAgreement(sql: Sql, schema: string, agreement: AgreementData): Promise<void> {
  const row = agreementRow(agreement);
  const columns = Object.keys(row);
  const values = columns.map((_, n) => `$${n + 1}`).join(', ');
  const set = columns.slice(1).map((name) => `${name} = excluded.${name}`);
  await sql.query(
    `insert into ${schema}.agreements (${columns.join(', ')}) values (${values})
     on conflict (id) do update set ${set.join(', ')}`,
    Object.values(row),
  );
}
