import { setTimeout } from 'node:timers/promises';
import { currentUntil, readHeartbeat, RuleBroken, Unavailable } from '#contracts';
import type { Consumption, Exchange, LogEntry } from '#exchange';
import type { Logger } from '#platform';
import { quoteIdent, type Database, type Migration } from '#sql';
import type { Audience } from '../records/release.ts';
import { hear, NOTHING_HEARD, type Heard, type RegistryKey } from './hearing.ts';

export const TASK_FORCE = 'TASK_FORCE';
const SOURCE = '/registry/members';
const PATIENCE_MS = 5_000;
const PAUSE_MS = 10;
/** How long an answer waits for the registry's heartbeat: a silent exchange would hold it for minutes. */
const HEARTBEAT_PATIENCE_MS = 500;

export const TASK_FORCE_TABLES: readonly Migration[] = [
  {
    name: 'task-force-001',
    sql: `create table {schema}.task_force (
      one boolean primary key default true check (one),
      sequence integer not null,
      log_offset integer not null,
      members jsonb not null
    );`,
  },
  {
    // What was heard before signatures were asked for is heard again.
    name: 'task-force-002-chain',
    sql: `delete from {schema}.task_force; alter table {schema}.task_force add column hash text not null;`,
  },
];

const unknownMember = (path: string): RuleBroken =>
  new RuleBroken('audience.unknown-member', [
    { path, rule: 'known-member', message: 'This is no member of the task force.' },
  ]);

/**
 * Who is in the task force, as far as this node has heard from the registry. Kept, so that the node resolves an audience
 * while the exchange is down.
 */
export class TaskForce {
  private known: Heard = NOTHING_HEARD;
  private consumption: Consumption | null = null;
  private exchange: Exchange | null = null;
  /** Milliseconds since the epoch: until when what is known was all that there was. */
  private current: number | null = null;
  private listening: Promise<void> | null = null;
  private readonly table: string;

  constructor(
    private readonly db: Database,
    schema: string,
    private readonly self: string,
    private readonly registryKeys: readonly RegistryKey[],
    private readonly logger: Logger,
  ) {
    this.table = `${quoteIdent(schema)}.task_force`;
  }

  async start(exchange: Exchange): Promise<void> {
    this.exchange = exchange;
    const [row] = await this.db.query<Omit<Heard, 'waiting'>>(
      `select sequence, hash, log_offset as "offset", members from ${this.table}`,
    );
    if (row) this.known = { ...row, waiting: [] };
    this.consumption = await exchange.consume({
      group: `member-node-${this.self}`,
      sources: [SOURCE],
      from: () => Promise.resolve(this.known.offset),
      onBatch: (_, entries) => this.apply(entries),
    });
    await this.caughtUp(exchange);
  }

  /** Waits for what the registry has said so far, so that a node's first answer isn't older than its start. */
  private async caughtUp(exchange: Exchange): Promise<void> {
    const tail = await exchange.tail(SOURCE).catch(() => null);
    for (let waited = 0; tail && this.known.offset <= tail.offset && waited < PATIENCE_MS; waited += PAUSE_MS) {
      await setTimeout(PAUSE_MS);
    }
  }

  /** Of the registry's last event that was applied; 0 before the first. */
  get sequence(): number {
    return this.known.sequence;
  }

  /**
   * How old what is known is at the most, in seconds, by the registry's heartbeats; null while none is heard. The node goes
   * on however old it is: what it resolves an audience by says which word of the registry's that was.
   */
  async ageSeconds(now: number): Promise<number | null> {
    this.listening ??= this.hearHeartbeat(now).finally(() => (this.listening = null));
    await Promise.race([this.listening, setTimeout(HEARTBEAT_PATIENCE_MS, undefined, { ref: false })]);
    return this.current === null ? null : Math.floor((now - this.current) / 1000);
  }

  private async hearHeartbeat(now: number): Promise<void> {
    const text = await this.exchange?.announced(SOURCE).catch(() => null);
    const { sequence, hash } = this.known;
    const heartbeat = text ? readHeartbeat(text, this.registryKeys) : null;
    // Of what came before its last event it has kept no hash: that the registry's chain has led there is enough.
    const hashAt = (at: number) => (at === sequence ? hash : heartbeat?.hash);
    const until = currentUntil(heartbeat, SOURCE, { sequence, hashAt }, now);
    if (until !== null) this.current = Math.max(until, this.current ?? until);
  }

  async stop(): Promise<void> {
    await this.consumption?.stop();
  }

  /** Those that the registry was heard to speak of. */
  codes(): string[] {
    return Object.keys(this.known.members).sort();
  }

  /** This member's own state, as far as heard. */
  ownState(): string | undefined {
    return Object.hasOwn(this.known.members, this.self) ? this.known.members[this.self] : undefined;
  }

  /** The state of another member as far as heard. `path` names the field where there is no such member. */
  stateOf(code: string, path: string): string {
    const { members } = this.known;
    const state = Object.hasOwn(members, code) ? members[code] : undefined;
    if (state === undefined || code === this.self) throw unknownMember(path);
    return state;
  }

  /** Throws where there is no such other member, as far as heard, or it has left. `path` names the field. */
  assertOther(code: string, path: string): void {
    this.assertHeard();
    if (this.stateOf(code, path) === 'withdrawn') throw unknownMember(path);
  }

  /** Who an audience is. `path` names the field where it isn't right. The own member sees its own record anyway. */
  resolve(audience: 'TASK_FORCE' | readonly string[], path: string): Audience {
    this.assertHeard();
    const { members, sequence } = this.known;
    if (audience === TASK_FORCE) {
      const active = Object.keys(members).filter((code) => members[code] === 'active' && code !== this.self);
      return { members: active.sort(), taskForce: true, registrySequence: sequence };
    }
    audience.forEach((code, n) => {
      const state = Object.hasOwn(members, code) ? members[code] : undefined;
      if (code !== this.self && (state === undefined || state === 'withdrawn')) throw unknownMember(`${path}/${n}`);
    });
    const others = [...new Set(audience)].filter((code) => code !== this.self);
    return { members: others.sort(), taskForce: false, registrySequence: sequence };
  }

  private assertHeard(): void {
    if (this.known.sequence > 0) return;
    throw new Unavailable('registry-stale', 'This node has heard nothing from the registry yet.');
  }

  /** Every event of the registry's tells the member as it is after it. */
  private async apply(entries: readonly LogEntry[]): Promise<void> {
    const doubt = (offset: number) =>
      // The joint views hold the whole task force up until somebody has looked; a node only learns of no new member.
      this.logger.error({ offset }, "an event of the registry's source is not the registry's word");
    const heard = hear(this.known, entries, this.registryKeys, doubt);
    const { sequence, hash, offset, members } = heard;
    await this.db.query(
      `insert into ${this.table} (sequence, hash, log_offset, members) values ($1, $2, $3, $4) on conflict (one) do update
       set sequence = excluded.sequence, hash = excluded.hash, log_offset = excluded.log_offset, members = excluded.members`,
      [sequence, hash, offset, members],
    );
    this.known = heard;
  }
}
