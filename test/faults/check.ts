import type { Ledger } from './ledger.ts';
import type { Rig } from './rig.ts';
import { MEMBERS, type Member } from './rig.ts';
import { Topic, type Said } from './topic.ts';
import { replayed } from './settling.ts';

export interface Verdict {
  events: number;
  lost: string[];
  doubled: string[];
  /** Tables that a rebuild makes otherwise. */
  differing: string[];
  /** Anything else that isn't as it must be. */
  wrong: string[];
}

interface Kept {
  events: number;
  version: number;
}

interface Row {
  state: number;
  sequence: number;
}

const STATES: Record<string, number> = { 'record-recalled': 1, 'record-expired': 2, 'record-erased': 3 };
const stateAfter = (type: string): number => STATES[type.split('.')[2]!] ?? 0;

/** Compares what was acknowledged with what the nodes, the exchange and the joint views hold: all of it, each time. */
export class Check {
  readonly #topics: Map<Member, Topic>;

  constructor(
    private readonly rig: Rig,
    private readonly ledger: Ledger,
  ) {
    this.#topics = new Map(MEMBERS.map((member) => [member, new Topic(rig.exchange, `/members/${member}`)]));
  }

  async run(): Promise<Verdict> {
    const verdict: Verdict = { events: 0, lost: [], doubled: [], differing: [], wrong: [] };
    for (const member of MEMBERS) {
      await this.#checkNode(member, verdict);
      await this.#checkTopic(member, verdict);
      await this.#checkViews(member, verdict);
    }
    verdict.differing.push(...(await replayed(this.rig)));
    verdict.wrong.push(...this.ledger.wrong, ...this.rig.ends, ...(await this.#poisoned()));
    return verdict;
  }

  /** Each acknowledged version is there, and nothing that wasn't asked for; each command has had its effect once. */
  async #checkNode(member: Member, { lost, doubled }: Verdict): Promise<void> {
    const db = await this.rig.db(member);
    const schema = member.toLowerCase();
    const rows = await db.query<Kept & { stream: string }>(
      `select stream, count(*)::int as events, max(version) as version from ${schema}.events
       where stream !~ '^(idempotency|claim)-' group by stream`,
    );
    const streams = new Map(rows.map((row) => [row.stream, row]));
    for (const { stream, version } of this.#told(member)) {
      const kept = streams.get(stream) ?? { events: 0, version: 0 };
      const what = `${member} ${stream}: ${version} acknowledged, ${kept.version} kept`;
      if (Math.min(kept.version, kept.events) < version) lost.push(what);
      if (Math.max(kept.version, kept.events) > version) doubled.push(what);
      streams.delete(stream);
    }
    for (const stream of streams.keys()) doubled.push(`${member} ${stream}: nobody was told of it`);
    const twice = await db.query<{ command: string; type: string }>(
      `select meta->>'command' as command, type from ${schema}.events
       where meta->>'command' is not null and stream not like 'idempotency-%' group by 1, 2 having count(*) > 1`,
    );
    for (const { command, type } of twice) doubled.push(`${member} ${command}: ${type} more than once`);
  }

  #told(member: Member) {
    const all = [...this.ledger.records.values()];
    return all.filter((told) => told.member === member && !told.stream.startsWith('approval of '));
  }

  /** What the node released is on the exchange, each event once in effect, in the node's order. */
  async #checkTopic(member: Member, verdict: Verdict): Promise<void> {
    const topic = this.#topics.get(member)!;
    await topic.readOn();
    const db = await this.rig.db(member);
    const released = await db.query<{ id: string }>(
      `select id from ${member.toLowerCase()}.events where publish is not null order by epoch, txid, position`,
    );
    const { said } = topic;
    verdict.events += said.length;
    if (topic.beyond > 0) verdict.lost.push(`${topic.source}: a hole after ${said.length}`);
    verdict.doubled.push(...topic.doubled);
    verdict.wrong.push(...topic.torn);
    const on = new Set(said.map(({ id }) => id));
    for (const { id } of released)
      if (!on.has(id)) verdict.lost.push(`${topic.source}: ${id} was released and isn't there`);
    const n = said.findIndex(({ id }, at) => released[at]?.id !== id);
    if (n >= 0) verdict.wrong.push(`${topic.source}: from ${n + 1} on not in the node's order`);
  }

  /** What is on the exchange is in the joint views, and lawfully gone where it was recalled or erased. */
  async #checkViews(member: Member, verdict: Verdict): Promise<void> {
    const { source, said } = this.#topics.get(member)!;
    const db = await this.rig.db('joint-views');
    const chain = await db.query<{ sequence: number; hash: string }>(
      `select sequence, hash from views.chain where source = $1 order by sequence`,
      [source],
    );
    const hashes = new Map(chain.map(({ sequence, hash }) => [sequence, hash]));
    for (const { sequence, hash } of said)
      if (hashes.get(sequence) !== hash) verdict.lost.push(`${source}: the views have not applied ${sequence}`);
    if (chain.length > said.length) verdict.doubled.push(`${source}: the views have applied more than there is`);
    const rows = await db.query<{ record: string; state: number; sequence: number }>(
      `select record, state, sequence from views.records where originator = $1`,
      [member],
    );
    this.#compareRecords(source, new Map(rows.map((row) => [row.record, row])), said, verdict);
    await this.#checkErased(member, said, verdict);
    await this.#checkApprovals(member, verdict);
  }

  #compareRecords(
    source: string,
    rows: ReadonlyMap<string, Row>,
    said: readonly Said[],
    { lost, wrong }: Verdict,
  ): void {
    const last = new Map(said.map((one) => [one.record, one]));
    for (const one of last.values()) {
      const row = rows.get(one.record);
      if (!isAsSaid(row, one))
        lost.push(
          `${source}: ${one.record} should be as ${one.type} at ${one.sequence} made it: ${JSON.stringify(row)}`,
        );
    }
    for (const record of rows.keys()) if (!last.has(record)) wrong.push(`${source}: ${record} was never released`);
  }

  async #checkErased(member: Member, said: readonly Said[], { wrong }: Verdict): Promise<void> {
    const erased = said.filter(({ type }) => stateAfter(type) === STATES['record-erased']).map(({ record }) => record);
    const db = await this.rig.db('joint-views');
    const left = await db.query<{ record: string }>(
      `select record from keyring.keys where member = $1 and key is not null and record = any($2::uuid[])
       union select record from views.statements where record = any($2::uuid[])`,
      [member, erased],
    );
    for (const { record } of left) wrong.push(`${member}: ${record} was erased, and something of it is left`);
  }

  async #checkApprovals(member: Member, { lost }: Verdict): Promise<void> {
    const told = [...this.ledger.records.values()].filter((one) => one.member === member);
    const approved = told.filter(({ stream }) => stream.startsWith('approval of '));
    const db = await this.rig.db('joint-views');
    const rows = await db.query<{ target: string }>(`select target from views.claims where originator = $1`, [member]);
    const targets = new Set(rows.map(({ target }) => `approval of ${target}`));
    for (const { stream } of approved) if (!targets.has(stream)) lost.push(`${member}: ${stream}`);
  }

  async #poisoned(): Promise<string[]> {
    const db = await this.rig.db('joint-views');
    const poison = await db.query<{ source: string; sequence: number; reason: string }>(
      `select source, sequence, reason from views.poison limit 20`,
    );
    return poison.map(({ source, sequence, reason }) => `${source}: ${sequence} is poison, ${reason}`);
  }
}

/** Of what was erased nothing need be there. */
const isAsSaid = (row: Row | undefined, { sequence, type }: Said): boolean =>
  row === undefined
    ? stateAfter(type) === STATES['record-erased']
    : row.sequence === sequence && row.state === stateAfter(type);
