import type { MemberBits } from '#access-policy';
import type { PublicJwk } from '#contracts';
import type { Database, Sql } from '#sql';
import { applyAgreements, applyMembers } from '../registry/registry.store.ts';
import type { Change } from '../records/record.ts';
import { Conflict, insertRows } from '../records/sink.ts';
import { writeAnew } from '../records/anew.ts';
import { writeChanges } from '../records/store.ts';
import type { View } from '../records/view.ts';
import type { RegistryEvent } from '../registry/registry.projection.ts';
import { START, type Held, type Place } from './chain.ts';
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
  /** Of a member's source. */
  changes: readonly Change[];
  /** Of one of the registry's sources: what could be read. */
  registry: readonly RegistryEvent[];
  /** Of one of the registry's sources: what could not. */
  poison: readonly { sequence: number; reason: string }[];
}

/** An operator's decision on a quarantined source: what stands after `after` is passed over, up to this place. */
export interface Skip {
  source: string;
  after: number;
  place: Place;
  /** The records of the events passed over, where they could be read. */
  skipped: readonly { sequence: number; record: string }[];
  /** Where entries stand in the log that aren't to be looked at: what could not be read, and what was passed over. */
  ignored: readonly number[];
  /** What is passed over isn't all there, byte for byte: it may have been about any record. */
  unknown: boolean;
}

export interface KnownKey {
  kid: string;
  jwk: PublicJwk;
  from: number;
  until: number | null;
}

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
      `select sequence, hash from ${this.schema}.chain where source = $1 and sequence = any($2::bigint[])`,
      [source, sequences],
    );
    return new Map(rows.map(({ sequence, hash }) => [sequence, hash]));
  }

  /** The keys that the registry, as far as this copy has applied it, holds for a member's events. */
  async signingKeys(member: string): Promise<KnownKey[]> {
    const [row] = await this.db.query<{ signing_keys: KnownKey[] }>(
      `select signing_keys from ${this.schema}.members where code = $1`,
      [member],
    );
    return row?.signing_keys ?? [];
  }

  /** Applies a slice and moves the source's place, in one transaction. Throws Fenced where the place isn't as expected. */
  apply(slice: Applied): Promise<void> {
    return this.#transaction(async (sql) => {
      await this.#move(sql, slice.source, slice.from, slice.events.at(-1)!.envelope, slice.logOffset);
      await this.#remember(sql, slice.source, slice.events);
      const member = memberOf(slice.source);
      if (member !== null) await this.#applyMember(sql, member, slice);
      else await this.#applyRegistry(sql, slice);
    });
  }

  /** Originators and their records of which something was not read, and may be by now: the key has come. */
  async readable(): Promise<{ originator: string; record: string }[]> {
    return this.db.query(
      `select r.originator, r.record from ${this.schema}.records r
       join keyring.keys k on k.member = r.originator and k.record = r.record and k.key is not null
       where r.unread limit ${MOST_ANEW}`,
    );
  }

  /** Writes records anew, at the place at which the source stands. Throws Fenced where it isn't as expected. */
  anew({ source, from, changes }: Pick<Applied, 'source' | 'from' | 'changes'>, records: readonly string[]) {
    return this.#transaction(async (sql) => {
      await this.#move(sql, source, from, from, null);
      const set = { ...this.#set(memberOf(source)!, await this.#lockBits(sql, changes)), source, changes };
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

  async #remember(sql: Sql, source: string, events: readonly Held[]): Promise<void> {
    const rows = events.map(({ envelope: { sequence, hash } }) => ({ source, sequence, hash }));
    await insertRows(sql, `${this.schema}.chain`, CHAIN, rows);
  }

  async #applyMember(sql: Sql, member: string, { source, changes }: Applied): Promise<void> {
    const bits = await this.#lockBits(sql, changes);
    await this.#forgetKeys(sql, member, await writeChanges(sql, { ...this.#set(member, bits), source, changes }));
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

const SKIPPED = 'skipped';
const CHAIN = { source: 'text', sequence: 'bigint', hash: 'text' };
const POISON = { source: 'text', sequence: 'bigint', record: 'uuid', reason: 'text' };

/** What passing over comes to for the records that it was about; where that isn't known, for all of `records`. */
export const skippedChanges = ({ skipped, unknown, place }: Skip, records: readonly string[]): Change[] => [
  ...skipped.map(({ sequence, record }): Change => ({ ...told(sequence, record), change: 'poison', reason: SKIPPED })),
  ...records.filter(() => unknown).map((record): Change => ({ ...told(place.sequence, record), change: 'doubt' })),
];

// The time of a skipped event is as little to be believed as the rest of it, and isn't used.
const told = (sequence: number, record: string) => ({ sequence, record, at: '' });
