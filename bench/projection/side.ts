import { readPlaced } from '#contracts';
import type { LogEntry } from '#exchange';
import { migrate, type Database } from '#sql';
import type { Held } from '../../apps/joint-views/src/intake/chain.ts';
import { Copy, type Applied } from '../../apps/joint-views/src/intake/copy.ts';
import { Follower } from '../../apps/joint-views/src/intake/follower.ts';
import { Reader } from '../../apps/joint-views/src/intake/reader.ts';
import { createCopy } from '../../apps/joint-views/src/intake/schema.ts';
import { TestSource } from '../../apps/joint-views/src/intake/testing/source.ts';
import { memberData } from '../../apps/joint-views/src/intake/testing/world.ts';
import { Keyring } from '../../apps/joint-views/src/keyring/keyring.ts';
import { KEYRING_MIGRATIONS, KEYRING_SCHEMA } from '../../apps/joint-views/src/keyring/migrations.ts';
import { VIEWS } from '../../apps/joint-views/src/views.ts';
import type { Member } from './member.ts';

/** What the exchange brings at once, what is applied at once, and what a replay goes on by. */
const BROUGHT = 500;
const SLICE = 1000;
const STRETCH = 2000;

/** A copy of the joint views in a schema of its own, which knows one member. */
export class Side {
  readonly copy: Copy;
  readonly #reader: Reader;
  #follower: Follower | undefined;
  #log: readonly LogEntry[] = [];

  private constructor(
    readonly db: Database,
    readonly schema: string,
    private readonly member: Member,
  ) {
    this.copy = new Copy(db, schema, VIEWS);
    this.#reader = new Reader(new Keyring(db), VIEWS);
  }

  static async open(db: Database, schema: string, member: Member): Promise<Side> {
    await migrate(db, KEYRING_SCHEMA, KEYRING_MIGRATIONS);
    await createCopy(db, schema, VIEWS);
    const side = new Side(db, schema, member);
    await side.#found();
    return side;
  }

  /** As a node delivers them. */
  static async deliverKeys(db: Database, member: Member): Promise<void> {
    const keys = [...member.source.keys].map(([record, key]) => ({ record, key }));
    await new Keyring(db).keep(member.code, keys);
    member.source.keys.clear();
  }

  async #found(): Promise<void> {
    const registry = new TestSource('/registry/members', undefined as never);
    const said = ['GB', 'AL', 'XK', 'MK', 'ME'].map((code) => {
      const key = code === this.member.code ? this.member.source.key : new TestSource(code, undefined as never).key;
      const data = { by: null, ...memberData(code, key) };
      return { type: 'accord.registry.member-founded.v1', subject: code, data };
    });
    const entries = registry.batch(...said).map(({ key, value }, offset) => ({ key, value, offset }));
    await this.#follow(registry.source, registry).take(entries);
  }

  #follow(source: string, registry?: TestSource, log: () => readonly LogEntry[] = () => []): Follower {
    const registryKeys = registry ? [{ kid: registry.key.kid, jwk: registry.key.publicJwk, from: 1, until: null }] : [];
    return new Follower(source, {
      ...{ copy: this.copy, reader: this.#reader, registryKeys },
      skips: async () => [],
      read: async (_, from, limit) =>
        log()
          .filter(({ offset }) => offset >= from)
          .slice(0, limit),
    });
  }

  /** The whole way of the member's entries: verified, opened, checked, mapped, committed. */
  async consume(entries: readonly LogEntry[]): Promise<void> {
    if (!this.#follower) {
      this.#follower = this.#follow(this.member.source.source);
      await this.#follower.open();
    }
    for (let at = 0; at < entries.length; at += BROUGHT) await this.#follower.take(entries.slice(at, at + BROUGHT));
    const { sequence } = this.#follower.place;
    if (sequence !== this.member.source.sequence) throw new Error(`The consumer stands at ${sequence}`);
  }

  /** The same as a replay does it: reads on in stretches. */
  async rebuild(entries: readonly LogEntry[]): Promise<void> {
    this.#log = entries;
    if (!this.#follower) {
      this.#follower = this.#follow(this.member.source.source, undefined, () => this.#log);
      await this.#follower.open();
    }
    const { sequence } = this.member.source;
    while (this.#follower.place.sequence < sequence) {
      const before = this.#follower.place.sequence;
      await this.#follower.readOn(Math.min(sequence, before + STRETCH));
      if (this.#follower.place.sequence === before) throw new Error(`The replay ends at ${before}`);
    }
  }

  /** What is left to do once entries are verified, opened, checked and mapped: slices of rows. */
  async mapped(entries: readonly LogEntry[]): Promise<Applied[]> {
    const { source } = this.member.source;
    const held = entries.map(({ value, offset }): Held => ({ envelope: readPlaced(value), offset }));
    const slices: Applied[] = [];
    for (let at = 0; at < held.length; at += SLICE) {
      const events = held.slice(at, at + SLICE);
      const read = await this.#reader.read(
        source,
        events.map(({ envelope }) => envelope),
        null,
      );
      const { sequence, previous } = events[0]!.envelope;
      const logOffset = events.at(-1)!.offset + 1;
      slices.push({ source, from: { sequence: sequence - 1, hash: previous }, events, logOffset, ...read });
    }
    return slices;
  }

  async apply(slices: readonly Applied[]): Promise<void> {
    for (const slice of slices) await this.copy.apply(slice);
  }
}
