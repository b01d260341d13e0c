import { newSigningKey, type SigningKey } from '#contracts';
import type { Exchange } from '#exchange';
import { openEmbeddedExchange } from '#exchange/embedded';
import { createLogger } from '#platform';
import { openPglite, type Database } from '#sql';
import { digestTable, type TableDigest } from '../../replay/digest.ts';
import { VIEWS } from '../../views.ts';
import { createIntake, type IntakeSide } from '../create-intake.ts';
import { REGISTRY_SOURCES } from '../sources.ts';
import { tablesOf } from '../tables.ts';
import { at, TestSource, uuid, type Said } from './source.ts';

export const WITHHOLD_AFTER_MS = 60_000;

/** The joint views' write side on a real exchange, in memory, with sources that say what a test wants. */
export class World {
  now = Date.parse(at(600));
  readonly sources = new Map<string, TestSource>();

  private constructor(
    readonly db: Database,
    readonly exchange: Exchange,
    public side: IntakeSide,
  ) {}

  /** An empty world; the worlds of one test file share a database, one after the other. */
  static async open(): Promise<World> {
    const db = await emptied();
    const exchange = await openEmbeddedExchange({ db, pollMs: 50 });
    const registry = new TestSource('/registry/members', exchange);
    const agreements = Object.assign(new TestSource('/registry/agreements', exchange), { key: registry.key });
    const world = new World(db, exchange, undefined as never);
    for (const source of [registry, agreements]) await world.add(source);
    world.side = await world.make();
    return world;
  }

  /** The write side as a process that has just started has it. */
  make(): Promise<IntakeSide> {
    const { db, exchange } = this;
    return createIntake(
      {
        registryKeys: [this.registry.key],
        withholdAfterMs: WITHHOLD_AFTER_MS,
        registryMaxAgeMs: 300_000,
        operator: { issuer: 'urn:test:task-force', member: null, jwks: { keys: [] } },
      },
      { db, exchange, clock: { now: () => this.now }, logger: createLogger('test', 'silent') },
    );
  }

  /** As after a kill: nothing but the database is left. */
  async restart(): Promise<void> {
    await this.side.stop();
    this.side = await this.make();
    await this.side.start();
  }

  get registry(): TestSource {
    return this.of('/registry/members');
  }

  of(source: string): TestSource {
    return this.sources.get(source) ?? this.sources.get(`/members/${source}`)!;
  }

  /** The registry says, of both of its sources, that it has said nothing more by now; and the joint views hear it. */
  async beat(): Promise<void> {
    for (const source of REGISTRY_SOURCES) await this.of(source).beat(this.now);
    await this.side.gate.look();
  }

  async add(source: TestSource): Promise<TestSource> {
    this.sources.set(source.source, source);
    await this.exchange.declare(source.source);
    return source;
  }

  async member(code: string): Promise<TestSource> {
    return this.of(code) ?? (await this.add(new TestSource(`/members/${code}`, this.exchange)));
  }

  /** Founds members, each with its event-signing key. */
  async found(...codes: string[]): Promise<void> {
    for (const code of codes) await this.registry.say(await this.founded(code));
  }

  async founded(code: string): Promise<Said> {
    const { key } = await this.member(code);
    return {
      type: 'accord.registry.member-founded.v1',
      subject: code,
      data: { by: null, ...memberData(code, key) },
    };
  }

  /** What a member's key signs from a sequence on is revoked; from now on the member signs with another. */
  revoked(code: string, until: number): Said & { data: object } {
    const source = this.of(code);
    const { kid, publicJwk } = source.key;
    Object.assign(source, { key: newSigningKey() });
    const { signingKeys, ...rest } = memberData(code, source.key);
    source.revoked.push({ kid, jwk: { ...publicJwk }, from: 1, until });
    const data = { by: code, ...rest, signingKeys: [...source.revoked, ...signingKeys] };
    return { type: 'accord.registry.member-key-revoked.v1', subject: code, data };
  }

  /** A member says something, once its keys are where they have to be. */
  async say(code: string, ...said: Said[]): Promise<void> {
    const source = this.of(code);
    const messages = source.batch(...said);
    await this.deliver(code);
    await this.exchange.append(source.source, messages);
  }

  async deliver(code: string): Promise<void> {
    const keys = [...this.of(code).keys].map(([record, key]) => ({ record, key }));
    await this.side.keyring.keep(code, keys);
  }

  /** Waits until something is so. */
  async until(what: () => Promise<boolean>): Promise<void> {
    for (let n = 0; n < 400; n += 1) {
      if (await what()) return;
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
    throw new Error(`It never came to be: ${what.toString()}`);
  }

  /** Waits until all that was said by these (all) sources is applied. */
  async settled(...codes: string[]): Promise<void> {
    const sources = codes.length > 0 ? codes.map((code) => this.of(code)) : [...this.sources.values()];
    for (const { source, sequence } of sources) await this.until(async () => (await this.applied(source)) >= sequence);
  }

  async applied(source: string): Promise<number> {
    return (await this.side.copy.place(source)).place.sequence;
  }

  rows<Row = Record<string, unknown>>(table: string, where = 'true'): Promise<Row[]> {
    return this.db.query<Row>(`select * from views.${table} where ${where}`);
  }

  async digests(): Promise<TableDigest[]> {
    const digests: TableDigest[] = [];
    for (const table of tablesOf(VIEWS)) digests.push(await digestTable(this.db, 'views', table));
    return digests;
  }

  /** Every row of every table, as text. */
  async dump(): Promise<string> {
    const tables = await this.db.query<{ name: string }>(
      `select quote_ident(schemaname) || '.' || quote_ident(tablename) as name from pg_tables
       where schemaname not in ('pg_catalog', 'information_schema')`,
    );
    const texts: string[] = [];
    for (const { name } of tables) {
      const rows = await this.db.query<{ text: string }>(`select t::text as text from ${name} t`);
      texts.push(...rows.map(({ text }) => `${name} ${text}`));
    }
    return texts.join('\n');
  }

  async close(): Promise<void> {
    await this.side.stop();
    await this.exchange.close();
  }
}

let shared: Promise<Database> | undefined;

async function emptied(): Promise<Database> {
  shared ??= openPglite('memory://');
  const db = await shared;
  for (const schema of ['views', 'views_next', 'intake', 'keyring', 'consultation', 'exchange']) {
    await db.exec(`drop schema if exists ${schema} cascade`);
  }
  return db;
}

export const closeWorlds = async (): Promise<void> => (await shared)?.close();

const BITS = ['GB', 'AL', 'XK', 'MK', 'ME'];

export const memberData = (code: string, { kid, publicJwk }: SigningKey, state = 'active') => ({
  code,
  bit: BITS.indexOf(code),
  name: code,
  contact: `duty@${code.toLowerCase()}.example`,
  state,
  issuer: `urn:test:${code}`,
  jwks: { keys: [{ ...publicJwk }] },
  signingKeys: [{ kid, jwk: { ...publicJwk }, from: 1, until: null }],
});

export { uuid };
