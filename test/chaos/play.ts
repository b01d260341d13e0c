import type { Database } from '#sql';
import { Copy, Fenced } from '../../apps/joint-views/src/intake/copy.ts';
import { Follower } from '../../apps/joint-views/src/intake/follower.ts';
import { Reader } from '../../apps/joint-views/src/intake/reader.ts';
import { LIVE } from '../../apps/joint-views/src/intake/schema.ts';
import { KeysChanged } from '../../apps/joint-views/src/intake/signing.ts';
import { REGISTRY_SOURCES } from '../../apps/joint-views/src/intake/sources.ts';
import { Keyring } from '../../apps/joint-views/src/keyring/keyring.ts';
import { VIEWS } from '../../apps/joint-views/src/views.ts';
import type { Random } from '../access/random.ts';
import { Broker } from './broker.ts';
import { PURE } from './copies.ts';
import { Crash, Crashing } from './crashing.ts';
import { beginInstance, registryKeysOf, type Instance } from './instance.ts';
import type { RecordKey, Scenario } from './scenario.ts';

/** What a delivery may throw: then the same comes again. */
const COMES_AGAIN = [Crash, Fenced, KeysChanged];

/** One seed's world, played: two instances of the intake, of which each source has one at a time, or nearly so. */
export class Play {
  readonly #broker: Broker;
  readonly #db: Crashing;
  readonly #keyring: Keyring;
  readonly #sources: string[];
  readonly #late: RecordKey[];
  readonly #owner = new Map<string, number>();
  readonly #instances: Instance[] = [];

  constructor(
    db: Database,
    private readonly scenario: Scenario,
    private readonly random: Random,
  ) {
    this.#broker = new Broker(scenario.logs);
    this.#db = new Crashing(db);
    this.#keyring = new Keyring(db);
    this.#sources = [...scenario.logs.keys()];
    this.#late = random.shuffled(scenario.keys.late);
  }

  /** All of it, at random, to its end: what was said is applied. */
  async run(): Promise<void> {
    await this.#bring(this.scenario.keys.early);
    for (const n of [0, 1]) this.#instances[n] = await this.#begin();
    const steps = 30 + this.random.below(20);
    // A replay makes some forty tables: not in every seed.
    const replayAt = this.random.chance(0.15) ? this.random.below(steps) : null;
    for (let n = 0; n < steps; n += 1) await (n === replayAt ? this.#replay() : this.#step());
    await this.#bring(this.#late.splice(0));
    for (const source of this.#sources) this.#broker.come(source, null);
    await this.#toTheEnd();
    for (const { intake } of this.#instances) await intake.stop();
  }

  /** The same logs once more, each in one go, one source after the other, into the other copy. */
  async rebuild(): Promise<void> {
    const copy = new Copy(this.#db.plain, PURE, VIEWS);
    const reader = new Reader(this.#keyring, VIEWS);
    const registryKeys = registryKeysOf(this.scenario.registryKey);
    const parts = { copy, reader, registryKeys, skips: async () => [], read: this.#broker.read };
    const members = this.#sources.filter((source) => source.startsWith('/members/')).sort();
    for (const source of [...REGISTRY_SOURCES, ...members]) {
      const follower = new Follower(source, parts);
      await follower.open();
      await follower.readOn();
    }
  }

  #begin(): Promise<Instance> {
    return beginInstance(this.#db, this.#broker, this.scenario.registryKey);
  }

  async #bring(keys: readonly RecordKey[]): Promise<void> {
    for (const { member, record, key } of keys) await this.#keyring.keep(member, [{ record, key }]);
  }

  async #step(): Promise<void> {
    const { random } = this;
    const source = random.pick(this.#sources);
    this.#broker.come(source, random.below(8));
    const what = random.below(20);
    if (what === 0) return this.#restart(random.below(2));
    if (what === 1) return this.#bring(this.#late.splice(0, 1 + random.below(3)));
    if (what <= 4) return this.#rebalance(source);
    if (what === 5) return this.#instances[random.below(2)]!.intake.tryAgain();
    if (what <= 7) this.#db.crashIn(random.below(25));
    if (what <= 10) return this.#both(source);
    await this.#deliver(this.#ownerOf(source), source);
  }

  /** While the views are built anew, both instances go on. */
  async #replay(): Promise<void> {
    this.#db.crashIn(null);
    const replay = this.#instances[this.random.below(2)]!.replay();
    // Awaited below; by then it may have failed.
    replay.catch(() => undefined);
    for (let n = 0; n < 3; n += 1) await this.#step();
    await replay;
  }

  #ownerOf(source: string): number {
    return this.#owner.get(source) ?? 0;
  }

  /** The other one has the source now; the one that had it may have a batch in hand still. */
  async #rebalance(source: string): Promise<void> {
    const before = this.#ownerOf(source);
    this.#owner.set(source, 1 - before);
    this.#instances[1 - before]!.client.give(source);
    await this.#deliver(1 - before, source);
    if (this.random.chance(0.5)) await this.#deliver(before, source);
  }

  /** Two deliveries at once: of one source to both instances, or of two sources. */
  async #both(source: string): Promise<void> {
    const other = this.random.pick(this.#sources);
    const second = other === source ? 1 - this.#ownerOf(source) : this.#ownerOf(other);
    await Promise.all([this.#deliver(this.#ownerOf(source), source), this.#deliver(second, other)]);
  }

  /** What throws comes again. After a crash the instance begins anew. */
  async #deliver(n: number, source: string): Promise<number> {
    try {
      return await this.#instances[n]!.client.deliver(source, 1 + this.random.below(12));
    } catch (error) {
      if (error instanceof Crash && this.random.chance(0.7)) await this.#restart(n);
      else if (!COMES_AGAIN.some((known) => error instanceof known)) throw error;
      return 0;
    }
  }

  async #restart(n: number): Promise<void> {
    await this.#instances[n]!.intake.stop();
    this.#instances[n] = await this.#begin();
  }

  async #toTheEnd(): Promise<void> {
    this.#db.crashIn(null);
    const copy = new Copy(this.#db.plain, LIVE, VIEWS);
    for (let rounds = 0; rounds < 40; rounds += 1) {
      let behind = 0;
      for (const source of this.#sources) {
        await this.#deliver(this.#ownerOf(source), source);
        const { place } = await copy.place(source);
        behind += this.scenario.said.get(source)! - place.sequence;
      }
      for (const { intake } of this.#instances) await intake.tryAgain();
      if (behind === 0 && (await copy.stale()).length === 0) return;
    }
    throw new Error('What was said is not applied to its end');
  }
}
