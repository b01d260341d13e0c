import type { Exchange } from '#exchange';
import type { Database } from '#sql';
import { Copy } from '../intake/copy.ts';
import { Follower } from '../intake/follower.ts';
import type { Intake } from '../intake/intake.ts';
import type { Reader } from '../intake/reader.ts';
import { createCopy, LIVE, NEXT, swap } from '../intake/schema.ts';
import type { KnownKey } from '../intake/signing.ts';
import { REGISTRY_SOURCES, sourceOf } from '../intake/sources.ts';
import type { States } from '../intake/states.ts';
import { tablesOf } from '../intake/tables.ts';
import type { View } from '../records/view.ts';
import { Failed } from '../service/runs.ts';
import { digestTable, type TableDigest } from './digest.ts';

export interface ReplayParts {
  db: Database;
  exchange: Exchange;
  intake: Intake;
  reader: Reader;
  states: States;
  registryKeys: readonly KnownKey[];
  views: readonly View[];
}

export interface ReplayedTable {
  name: string;
  rows: number;
  /** Digests of the live table before the swap, and of the rebuilt one. */
  before: string;
  after: string;
}

export interface Progress {
  phase: 'building' | 'catching-up' | 'comparing' | 'swapped';
  /** Events applied to the copy, of those that the live one has. */
  applied: number;
  total: number;
}

const STRETCH = 2000;

/** The exchange doesn't hold, or no longer proves, all that the live copy has applied. */
export class ReplayStuck extends Failed {
  constructor(source: string, sequence: number) {
    super(`The replay of ${source} ends at ${sequence}, before the live views do`);
    this.name = 'ReplayStuck';
  }
}

/**
 * Builds the views anew beside the live ones, from each source's first event with the code that the live ones are made
 * with; then, at the same place of every source, compares them table by table and puts the new ones in place. Readers
 * are served all the while; nothing new is applied for the moment of comparing.
 */
export class Replay {
  readonly #followers = new Map<string, Follower>();
  readonly #live: Copy;
  readonly #next: Copy;

  constructor(
    private readonly parts: ReplayParts,
    private readonly tell: (progress: Progress) => void = () => {},
  ) {
    this.#live = new Copy(parts.db, LIVE, parts.views);
    this.#next = new Copy(parts.db, NEXT, parts.views);
  }

  async run(): Promise<ReplayedTable[]> {
    await createCopy(this.parts.db, NEXT, this.parts.views);
    await this.#catchUp('building');
    const resume = await this.parts.intake.pause();
    try {
      return await this.#finish();
    } finally {
      resume();
      await this.parts.db.exec(`drop schema if exists ${NEXT} cascade; drop schema if exists ${LIVE}_old cascade`);
    }
  }

  /** Another instance may apply more meanwhile: then again. */
  async #finish(): Promise<ReplayedTable[]> {
    for (;;) {
      await this.#catchUp('catching-up');
      await this.#makeAnew();
      const before = await this.#digests(LIVE);
      const after = await this.#digests(NEXT);
      if (!(await this.#swapAt())) continue;
      this.#report('swapped', await this.#places());
      return before.map(({ name, digest }, n) => {
        return { name, rows: after[n]!.rows, before: digest, after: after[n]!.digest };
      });
    }
  }

  /** Keys may have come while it was built. */
  async #makeAnew(): Promise<void> {
    const stale = Map.groupBy(await this.#next.stale(), ({ originator }) => sourceOf(originator));
    for (const [source, rows] of stale) {
      await this.#followers.get(source)?.makeAnew(rows.map(({ record }) => record));
    }
  }

  async #digests(schema: string): Promise<TableDigest[]> {
    this.#report('comparing', await this.#places());
    const digests: TableDigest[] = [];
    for (const table of tablesOf(this.parts.views)) digests.push(await digestTable(this.parts.db, schema, table));
    return digests;
  }

  /** Swaps if both copies stand at the same place, which nobody moves until it is done. */
  async #swapAt(): Promise<boolean> {
    return this.parts.db.transaction(async (sql) => {
      await sql.exec(`lock table ${LIVE}.sources in exclusive mode`);
      const apart = await sql.query(
        `(select source, sequence, hash from ${LIVE}.sources except select source, sequence, hash from ${NEXT}.sources)
         union all
         (select source, sequence, hash from ${NEXT}.sources except select source, sequence, hash from ${LIVE}.sources)`,
      );
      if (apart.length > 0) return false;
      await swap(sql);
      return true;
    });
  }

  /** Applies to the next copy what the live one has. The registry first: it names the members. */
  async #catchUp(phase: Progress['phase']): Promise<void> {
    const places = await this.#places();
    const registry = [...places.keys()].filter((source) => (REGISTRY_SOURCES as readonly string[]).includes(source));
    const members = [...places.keys()].filter((source) => !registry.includes(source));
    for (const source of [...registry, ...members]) {
      await this.#follow(await this.#follower(source), places.get(source)!.sequence, () => this.#report(phase, places));
    }
  }

  /** A stretch at a time, so that whoever waits sees it go on. */
  async #follow(follower: Follower, end: number, report: () => void): Promise<void> {
    while (follower.place.sequence < end) {
      const before = follower.place.sequence;
      await follower.readOn(Math.min(end, before + STRETCH));
      report();
      if (follower.place.sequence === before) throw new ReplayStuck(follower.source, before);
    }
  }

  async #places(): Promise<Map<string, { sequence: number }>> {
    const places = new Map<string, { sequence: number }>();
    for (const source of await this.#live.sources()) places.set(source, (await this.#live.place(source)).place);
    return places;
  }

  async #follower(source: string): Promise<Follower> {
    const known = this.#followers.get(source);
    if (known) return known;
    const { reader, registryKeys, states, exchange } = this.parts;
    const follower = new Follower(source, {
      copy: this.#next,
      reader,
      registryKeys,
      skips: async () => states.skips(source),
      read: (of, from, limit) => exchange.read(of, from, limit),
    });
    await follower.open();
    this.#followers.set(source, follower);
    return follower;
  }

  #report(phase: Progress['phase'], places: ReadonlyMap<string, { sequence: number }>): void {
    const total = [...places.values()].reduce((sum, { sequence }) => sum + sequence, 0);
    const applied = [...this.#followers.values()].reduce((sum, { place }) => sum + place.sequence, 0);
    this.tell({ phase, applied, total });
  }
}
