import type { Database } from '#sql';
import type { Skip } from './skip.ts';

/** What is the matter with a source. Times: milliseconds since the epoch. */
export interface SourceState {
  source: string;
  quarantinedAt: number | null;
  sequence: number | null;
  reason: string | null;
  holeSince: number | null;
  gaps: { from: number; to: number }[];
}

export const FINE: Omit<SourceState, 'source'> = {
  quarantinedAt: null,
  sequence: null,
  reason: null,
  holeSince: null,
  gaps: [],
};

interface StateRow {
  source: string;
  quarantined_at: Date | null;
  sequence: number | null;
  reason: string | null;
  hole_since: Date | null;
  gaps: SourceState['gaps'];
}
interface SkipRow {
  source: string;
  after: number;
  sequence: number;
  hash: string;
  skipped: Skip['skipped'];
  ignored: Skip['ignored'];
  unknown: boolean;
}

const date = (time: number | null): Date | null => (time === null ? null : new Date(time));

/** The intake's memory, shared by its instances; reads are answered from the last look at it. */
export class States {
  readonly #known = new Map<string, SourceState>();
  #skips: Skip[] = [];

  constructor(private readonly db: Database) {}

  /** Looks again: another instance may have changed it. */
  async refresh(): Promise<void> {
    const rows = await this.db.query<StateRow>('select * from intake.states');
    for (const row of rows) this.#known.set(row.source, toState(row));
    const skips = await this.db.query<SkipRow>('select * from intake.accepted');
    this.#skips = skips.map(({ source, after, sequence, hash, skipped, ignored, unknown }) => {
      return { source, after, place: { sequence, hash }, skipped, ignored, unknown };
    });
  }

  get(source: string): SourceState {
    return this.#known.get(source) ?? { source, ...FINE };
  }

  all(): SourceState[] {
    return [...this.#known.values()];
  }

  skips(source: string): Skip[] {
    return this.#skips.filter((skip) => skip.source === source);
  }

  async set(state: SourceState): Promise<void> {
    if (JSON.stringify(this.get(state.source)) === JSON.stringify(state)) return;
    await this.db.query(
      `insert into intake.states (source, quarantined_at, sequence, reason, hole_since, gaps)
       values ($1, $2, $3, $4, $5, $6::text::jsonb)
       on conflict (source) do update set quarantined_at = excluded.quarantined_at, sequence = excluded.sequence,
         reason = excluded.reason, hole_since = excluded.hole_since, gaps = excluded.gaps`,
      [
        state.source,
        date(state.quarantinedAt),
        state.sequence,
        state.reason,
        date(state.holeSince),
        JSON.stringify(state.gaps),
      ],
    );
    this.#known.set(state.source, state);
  }

  /** Keeps the operator's decision. A later one on the same place takes its place. */
  async accept({ source, after, place, skipped, ignored, unknown }: Skip, now: number): Promise<void> {
    await this.db.query(
      `insert into intake.accepted (source, after, sequence, hash, skipped, ignored, at, "unknown")
       values ($1, $2, $3, $4, $5::text::jsonb, $6::text::jsonb, $7, $8)
       on conflict (source, after) do update set sequence = excluded.sequence, hash = excluded.hash,
         skipped = excluded.skipped, ignored = excluded.ignored, at = excluded.at,
         "unknown" = excluded."unknown"`,
      [source, after, place.sequence, place.hash, JSON.stringify(skipped), JSON.stringify(ignored), date(now), unknown],
    );
    await this.refresh();
  }
}

function toState(row: StateRow): SourceState {
  return {
    source: row.source,
    quarantinedAt: row.quarantined_at?.getTime() ?? null,
    sequence: row.sequence,
    reason: row.reason,
    holeSince: row.hole_since?.getTime() ?? null,
    gaps: row.gaps,
  };
}
