import type { MemberBits } from '#access-policy';
import { oneOf, type Database, type Sql } from '#sql';
import { applyAgreements, applyMembers } from '../registry/registry.store.ts';
import type { Change } from '../records/record.ts';
import { Conflict, insertRows } from '../records/sink.ts';
import { writeAnew } from '../records/anew.ts';
import { writeChanges } from '../records/store.ts';
import type { View } from '../records/view.ts';
import type { RegistryEvent } from '../registry/registry.projection.ts';
import { START, type Held, type Place, type Signature } from './chain.ts';
import { KeysChanged, type KnownKey } from './signing.ts';
import { SKIPPED, skippedChanges, type Skip } from './skip.ts';
import { AGREEMENTS_SOURCE, memberOf, MEMBERS_SOURCE } from './sources.ts';

/** The source isn't where it is expected: another instance has applied more of it. Nothing was applied. */
export class Fenced extends Error {
  constructor(readonly source: string) {
    super(`${source} is followed by another instance`);
    this.name = 'Fenced';
  }
}

/** What a slice of a source's events comes to. */
export interface Applied {
  source: string;
  from: Place;
  events: readonly Held[];
  /** Where to read on after a restart. */
  logOffset: number;
  /** The ends of what they were signed in. */
  signatures?: readonly Signature[];
  /** Of a member's source: the keys that the changes were read by, as the copy has them still. */
  keys?: readonly KnownKey[];
  /** Of a member's source. */
  changes: readonly Change[];
  /** Of one of the registry's sources: what could be read. */
  registry: readonly RegistryEvent[];
  /** Of one of the registry's sources: what could not. */
  poison: readonly { sequence: number; reason: string }[];
}

type Anew = Pick<Applied, 'source' | 'from' | 'changes' | 'keys'>;

const NOBODY = '00000000-0000-0000-0000-000000000000';

/** One copy of the joint views: the live one, or the one that a replay builds beside it. */
export class Copy {
  constructor(
    private readonly db: Database,
    readonly schema: string,
    private readonly views: readonly View[],
  ) {}

  /** The sources that this copy knows of: the registry's two, and each member's. */
  async sources(): Promise<string[]> {
    const rows = await this.db.query<{ source: string }>(`select source from ${this.schema}.sources order by source`);
    return rows.map(({ source }) => source);
  }

  async place(source: string): Promise<{ place: Place; logOffset: number }> {
    const [row] = await this.db.query<{ sequence: number; hash: string; log_offset: number }>(
      `select sequence, hash, log_offset from ${this.schema}.sources where source = $1`,
      [source],
    );
    if (!row) return { place: START, logOffset: 0 };
    return { place: { sequence: row.sequence, hash: row.hash }, logOffset: row.log_offset };
  }

  /** The hashes of events that were applied, by sequence. */
  async hashes(source: string, sequences: readonly number[]): Promise<Map<number, string>> {
    const rows = await this.db.query<{ sequence: number; hash: string }>(
      `select sequence, hash from ${this.schema}.chain where source = $1 and sequence = ${oneOf('$2', 'bigint')}`,
      [source, sequences],
    );
    return new Map(rows.map(({ sequence, hash }) => [sequence, hash]));
  }

  /** The keys that the registry, as far as this copy has applied it, holds for a member's events. */
  signingKeys(member: string): Promise<KnownKey[]> {
    return this.#signingKeys(this.db, member);
  }

  /** The keys by whose signatures these events, which were applied, were verified. */
  async keysOf(source: string, sequences: readonly number[]): Promise<Map<number, string>> {
    const rows = await this.db.query<{ sequence: number; keyid: string }>(
      `select x as sequence, (select s.keyid from ${this.schema}.signatures s where s.source = $1 and s.sequence >= x
         order by s.sequence limit 1) as keyid from unnest($2::bigint[]) x`,
      [source, sequences],
    );
    return new Map(rows.map(({ sequence, keyid }) => [sequence, keyid]));
  }

  async #signingKeys(sql: Sql, member: string): Promise<KnownKey[]> {
    const [row] = await sql.query<{ signing_keys: KnownKey[] }>(
      `select signing_keys from ${this.schema}.members where code = $1`,
      [member],
    );
    return row?.signing_keys ?? [];
  }

  /** Applies a slice and moves the source's place, in one transaction. Throws Fenced where the place isn't as expected. */
  apply(slice: Applied): Promise<void> {
    return this.#transaction(async (sql) => {
      await this.#move(sql, slice.source, slice.from, slice.events.at(-1)!.envelope, slice.logOffset);
      await this.#remember(sql, slice);
      const member = memberOf(slice.source);
      if (member !== null) await this.#applyMember(sql, member, slice);
      else await this.#applyRegistry(sql, slice);
    });
  }

  /**
   * Records to be made anew, with their originators: something of them was not read, and may be by now that the key has
   * come, or is withdrawn.
   */
  async stale(): Promise<{ originator: string; record: string }[]> {
    return this.db.query(
      `(select r.originator, r.record from ${this.schema}.records r
        join keyring.keys k on k.member = r.originator and k.record = r.record and k.key is not null
        where r.unread limit ${MOST_ANEW})
       union (select originator, record from ${this.schema}.records where stale limit ${MOST_ANEW})`,
    );
  }

  /** Writes records anew, at the place at which the source stands. Throws Fenced where it isn't as expected. */
  anew({ source, from, changes, keys }: Anew, records: readonly string[]): Promise<void> {
    return this.#transaction(async (sql) => {
      await this.#move(sql, source, from, from, null);
      const set = { ...this.#set(memberOf(source)!, await this.#lockBits(sql, changes)), source, changes };
      await this.#mustBeCurrent(sql, set.originator, keys);
      await this.#forgetKeys(sql, set.originator, await writeAnew(sql, set, records));
    });
  }

  /** Passes over what the operator said, withholding the records that it was about. */
  skip(skip: Skip, from: Place): Promise<void> {
    const member = memberOf(skip.source);
    return this.#transaction(async (sql) => {
      await this.#move(sql, skip.source, from, skip.place, null);
      const changes = skippedChanges(skip, await this.#inDoubt(sql, member, skip));
      if (member === null)
        await this.#poison(
          sql,
          skip.source,
          skip.skipped.map(({ sequence }) => ({ sequence, reason: SKIPPED })),
        );
      else
        await writeChanges(sql, {
          ...this.#set(member, await this.#lockBits(sql, changes)),
          source: skip.source,
          changes,
        });
    });
  }

  async #inDoubt(sql: Sql, member: string | null, { unknown }: Skip): Promise<string[]> {
    if (!unknown || member === null) return [];
    const rows = await sql.query<{ record: string }>(
      `select record from ${this.schema}.records where originator = $1`,
      [member],
    );
    return rows.map(({ record }) => record);
  }

  /** Sources are written at once; where two of them meet at a record, one of them begins again. */
  async #transaction(work: (sql: Sql) => Promise<void>): Promise<void> {
    for (let tries = 1; ; tries += 1) {
      try {
        return await this.db.transaction(work);
      } catch (error) {
        if (tries === MOST_TRIES || !isConflict(error)) throw error;
      }
    }
  }

  async #move(sql: Sql, source: string, from: Place, to: Place, logOffset: number | null): Promise<void> {
    const moved = await sql.query(
      `update ${this.schema}.sources set sequence = $4, hash = $5, log_offset = coalesce($6::bigint, log_offset)
       where source = $1 and sequence = $2 and hash = $3 returning source`,
      [source, from.sequence, from.hash, to.sequence, to.hash, logOffset],
    );
    if (moved.length === 0) throw new Fenced(source);
  }

  async #remember(sql: Sql, { source, events, signatures = [] }: Applied): Promise<void> {
    // None of them can be there: the place was before them, and has just been moved.
    await sql.query(
      `insert into ${this.schema}.chain (source, sequence, hash) select $1, x.* from unnest($2::bigint[], $3::text[]) x`,
      [source, events.map(({ envelope }) => envelope.sequence), events.map(({ envelope }) => envelope.hash)],
    );
    const ends = signatures.map((signature) => ({ source, ...signature }));
    await insertRows(sql, `${this.schema}.signatures`, SIGNATURES, ends);
  }

  async #applyMember(sql: Sql, member: string, { source, changes, keys }: Applied): Promise<void> {
    const bits = await this.#lockBits(sql, changes);
    await this.#mustBeCurrent(sql, member, keys);
    await this.#forgetKeys(sql, member, await writeChanges(sql, { ...this.#set(member, bits), source, changes }));
  }

  /** A key revoked meanwhile has withdrawn some of it. */
  async #mustBeCurrent(sql: Sql, member: string, keys: readonly KnownKey[] | undefined): Promise<void> {
    if (keys && JSON.stringify(await this.#signingKeys(sql, member)) !== JSON.stringify(keys)) throw new KeysChanged();
  }

  async #forgetKeys(sql: Sql, member: string, erased: readonly string[]): Promise<void> {
    if (erased.length === 0) return;
    // Nothing stays but that the key is gone, so that it isn't taken again.
    await sql.query(
      `insert into keyring.keys (member, record, key) select $1, record, null from unnest($2::uuid[]) as x (record)
       on conflict (member, record) do update set key = null`,
      [member, erased],
    );
  }

  #set(originator: string, bits: MemberBits) {
    return { schema: this.schema, views: this.views, originator, bits };
  }

  /**
   * The members' bits, which stay as they are until this transaction ends. What is poison may be of a record that isn't
   * there, and so has no row to wait for each other at: such a transaction has all to itself.
   */
  async #lockBits(sql: Sql, changes: readonly Change[]): Promise<MemberBits> {
    const alone = changes.some(({ change }) => change === 'poison');
    const lock = alone ? 'pg_advisory_xact_lock' : 'pg_advisory_xact_lock_shared';
    await sql.query(`select ${lock}(hashtextextended($1, 0))`, [this.#bitsLock]);
    const rows = await sql.query<{ code: string; bit: number }>(`select code, bit from ${this.schema}.members`);
    return new Map(rows.map(({ code, bit }) => [code, bit]));
  }

  get #bitsLock(): string {
    return `accord.members.${this.schema}`;
  }

  async #applyRegistry(sql: Sql, { source, registry, poison }: Applied): Promise<void> {
    await this.#poison(sql, source, poison);
    if (source === AGREEMENTS_SOURCE) await applyAgreements(sql, this.schema, registry);
    if (source !== MEMBERS_SOURCE) return;
    await sql.query(`select pg_advisory_xact_lock(hashtextextended($1, 0))`, [this.#bitsLock]);
    await applyMembers(sql, this.schema, this.views, registry);
  }

  async #poison(sql: Sql, source: string, poison: Applied['poison']): Promise<void> {
    const rows = poison.map((row) => ({ ...row, source, record: NOBODY }));
    await insertRows(sql, `${this.schema}.poison`, POISON, rows);
  }
}

const MOST_TRIES = 10;
const MOST_ANEW = 5000;

/** 40001, 40P01: a serialisation failure or a deadlock. */
function isConflict(error: unknown): boolean {
  return error instanceof Conflict || ['40001', '40P01'].includes(String((error as { code?: unknown } | null)?.code));
}

const SIGNATURES = { source: 'text', sequence: 'bigint', keyid: 'text' };
const POISON = { source: 'text', sequence: 'bigint', record: 'uuid', reason: 'text' };
