import type { PlacedEnvelope } from '#contracts';
import type { Exchange, LogEntry } from '#exchange';
import type { Database } from '#sql';
import type { Entry } from '../consultation/entry.ts';
import { entriesAfter, headsOf } from '../consultation/entries.query.ts';
import type { Histories } from '../disclosures/histories.ts';
import type { RecordHistory, RegistryTimeline } from '../disclosures/timeline.ts';
import type { Copy } from '../intake/copy.ts';
import { readRegistryEvent } from '../intake/registry-content.ts';
import type { KnownKey } from '../intake/signing.ts';
import { memberOf, MEMBERS_SOURCE, REGISTRY_SOURCES } from '../intake/sources.ts';
import type { States } from '../intake/states.ts';
import type { MemberData } from '../registry/registry.projection.ts';
import { AuditChain, type Witness } from './audit-chain.ts';
import { EventChain } from './event-chain.ts';
import { auditOf, type Finding } from './finding.ts';
import { whyNot } from './judge.ts';

export interface VerifyParts {
  db: Database;
  exchange: Exchange;
  copy: Copy;
  states: States;
  histories: Histories;
  registryKeys: readonly KnownKey[];
}

export interface Verified {
  phase: 'events' | 'audit' | 'served';
  /** Lines that were checked, of those that there are. */
  checked: number;
  total: number;
  /** Of each chain the first line that is wrong. */
  findings: Finding[];
}

const PAGE = 500;
/** Records whose histories are held at once. */
const RECORDS = 20_000;

/**
 * Checks what the joint views stand on, from its first byte: that each source on the exchange is what its owner signed and
 * what was applied; that each member's log of consultations is whole and is what its node has witnessed; and that nothing
 * was served but what the access rule, asked again with what had been applied then, allows.
 */
export class Verification {
  readonly #memberKeys = new Map<string, readonly KnownKey[]>();
  /** How far each log was followed. */
  readonly #ends = new Map<string, number>();

  constructor(
    private readonly parts: VerifyParts,
    private readonly witnesses: readonly Witness[],
    private readonly report: Verified,
  ) {}

  async run(): Promise<void> {
    const { copy, db } = this.parts;
    await this.parts.states.refresh();
    const all = await copy.sources();
    // The registry's first: it holds the keys of the others.
    const members = all.filter((source) => memberOf(source) !== null);
    const heads = await headsOf(db);
    const witnessed = this.witnesses.map(({ member }) => member);
    const logs = [...new Set([...heads.keys(), ...witnessed])].sort();
    const places = await Promise.all(all.map(async (source) => (await copy.place(source)).place.sequence));
    const lines = [...heads.values()].reduce((sum, head) => sum + head, 0);
    this.report.total = places.reduce((sum, place) => sum + place, 0) + 2 * lines;
    for (const source of [...REGISTRY_SOURCES, ...members]) await this.source(source);
    this.report.phase = 'audit';
    const served = new Set<string>();
    for (const member of logs) await this.log(member, served);
    this.report.phase = 'served';
    await this.#served(logs, [...served]);
  }

  /** Checks one source. The members' own need the registry's keys: that one first. */
  async source(source: string): Promise<void> {
    const { copy, states } = this.parts;
    const chain = new EventChain({ source, keys: this.#keysOf(source), skips: states.skips(source) });
    const { place: applied } = await copy.place(source);
    for await (const entries of this.#logOf(source)) {
      await this.#take(chain, source, entries);
      if (chain.finding) break;
    }
    this.#find(chain.end(applied));
  }

  /** As far as it goes now: what comes meanwhile may come in parts. */
  async *#logOf(source: string): AsyncGenerator<LogEntry[]> {
    const last = (await this.parts.exchange.tail(source))?.offset ?? -1;
    for (let from = 0; from <= last;) {
      const entries = (await this.parts.exchange.read(source, from, PAGE)).filter(({ offset }) => offset <= last);
      if (entries.length === 0) return;
      yield entries;
      from = entries.at(-1)!.offset + 1;
    }
  }

  async #take(chain: EventChain, source: string, entries: readonly LogEntry[]): Promise<void> {
    const events = entries.map((entry) => chain.take(entry)).filter((event) => event !== null);
    if (source === MEMBERS_SOURCE) events.forEach((event) => this.#learn(event));
    const sequences = events.map(({ sequence }) => sequence);
    const applied = await this.parts.copy.hashes(source, sequences);
    for (const [sequence, hash] of applied) chain.isAsApplied({ sequence, hash });
    this.report.checked += events.length;
  }

  #learn(event: PlacedEnvelope): void {
    const read = readRegistryEvent(event);
    if (typeof read === 'string') return;
    const { code, signingKeys } = read.data as MemberData;
    this.#memberKeys.set(code, signingKeys as KnownKey[]);
  }

  #keysOf(source: string): readonly KnownKey[] {
    const member = memberOf(source);
    return member === null ? this.parts.registryKeys : (this.#memberKeys.get(member) ?? []);
  }

  /** Checks one member's log. `served`: takes in the records that were. */
  async log(member: string, served: Set<string>): Promise<void> {
    const chain = new AuditChain(member, this.witnesses);
    await this.#each(member, (entry) => {
      if (!chain.take(entry)) return false;
      this.#ends.set(member, entry.number);
      if (entry.kind === 'read') for (const record of entry.records) served.add(record);
      return true;
    });
    this.#find(chain.end());
  }

  async #served(logs: readonly string[], records: readonly string[]): Promise<void> {
    const registry = await this.parts.histories.registry();
    const wrong = new Map<string, Finding>();
    for (let from = 0; from < records.length; from += RECORDS) {
      const some = new Set(records.slice(from, from + RECORDS));
      const histories = { registry, records: await this.#histories(some, registry) };
      for (const member of logs) {
        await this.#each(member, (entry) => {
          // What was written since may be of later rights than those that it would be judged by.
          if (entry.number > (this.#ends.get(member) ?? 0)) return false;
          const known = wrong.get(member);
          if (known && known.line <= entry.number) return false;
          const finding = firstUnpermitted(entry, some, histories);
          if (finding) wrong.set(member, finding);
          return finding === null;
        });
      }
    }
    for (const finding of wrong.values()) this.#find(finding);
    this.report.checked = this.report.total;
  }

  /** Those of these records, and of what they are part of. */
  async #histories(some: ReadonlySet<string>, registry: RegistryTimeline): Promise<Map<string, RecordHistory[]>> {
    const records = await this.#historiesOf(some, registry);
    const wholes = [...records.values()].flat(2).map(({ state }) => state.partOf);
    const missing = new Set(wholes.filter((whole) => whole !== null && !records.has(whole)) as string[]);
    if (missing.size === 0) return records;
    for (const [id, histories] of await this.#historiesOf(missing, registry)) records.set(id, histories);
    return records;
  }

  async #historiesOf(some: ReadonlySet<string>, registry: RegistryTimeline): Promise<Map<string, RecordHistory[]>> {
    const records = new Map<string, RecordHistory[]>();
    for (const source of await this.parts.copy.sources()) {
      const member = memberOf(source);
      if (member === null) continue;
      for (const [record, history] of await this.parts.histories.ofRecords(member, some, registry)) {
        records.set(record, [...(records.get(record) ?? []), history]);
      }
    }
    return records;
  }

  /** A member's lines in their order, until `take` says that it is enough. */
  async #each(member: string, take: (entry: Entry) => boolean): Promise<void> {
    for (let after = 0; ;) {
      const entries = await entriesAfter(this.parts.db, member, after, PAGE);
      for (const entry of entries) {
        if (!take(entry)) return;
        this.report.checked = Math.min(this.report.checked + 1, this.report.total);
      }
      if (entries.length < PAGE) return;
      after = entries.at(-1)!.number;
    }
  }

  #find(finding: Finding | null): void {
    const known = this.report.findings.some(({ chain }) => chain === finding?.chain);
    if (finding && !known) this.report.findings.push(finding);
  }
}

function firstUnpermitted(
  entry: Entry,
  some: ReadonlySet<string>,
  histories: Parameters<typeof whyNot>[2],
): Finding | null {
  if (entry.kind !== 'read') return null;
  for (const record of entry.records) {
    const code = some.has(record) ? whyNot(entry, record, histories) : null;
    if (code !== null) return { chain: auditOf(entry.member), line: entry.number, reason: 'not-permitted', code };
  }
  return null;
}
