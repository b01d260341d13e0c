import { isUuid, readPlaced, RuleBroken, WrongState } from '#contracts';
import type { Exchange, LogEntry } from '#exchange';
import type { Clock } from '#platform';
import type { Place } from './chain.ts';
import type { Copy } from './copy.ts';
import type { Intake } from './intake.ts';
import type { Skip } from './skip.ts';
import { FINE, type States } from './states.ts';

export interface ResumeParts {
  copy: Copy;
  states: States;
  intake: Intake;
  exchange: Exchange;
  clock: Clock;
}

const PAGE = 500;

/**
 * The operator resumes a source that is quarantined, or behind a hole: this sequence with this hash is taken as applied,
 * whatever it says, and the next must follow it. Records of what is passed over are withheld. Where the log doesn't hold
 * all of that, unchanged, it may have recalled any record: all that the source has released by then are withheld, each
 * until it is released or amended again. Naming the place that was applied last passes over nothing: it tries again.
 * Throws WrongState where the source is neither, RuleBroken where the place is before what was applied.
 */
export async function resume(parts: ResumeParts, source: string, sequence: number, hash: string): Promise<void> {
  const { copy, states, intake, clock } = parts;
  await states.refresh();
  const { quarantinedAt, gaps } = states.get(source);
  if (quarantinedAt === null && gaps.length === 0) {
    throw new WrongState('source.not-quarantined', `${source} is neither quarantined nor behind a hole.`);
  }
  const { place, logOffset } = await copy.place(source);
  if (sequence < place.sequence || (sequence === place.sequence && hash !== place.hash)) {
    const message = `Of ${source}, ${place.sequence} is applied.`;
    throw new RuleBroken('resume.invalid', [{ path: '/sequence', rule: 'not-applied', message }]);
  }
  const passed = await passedOver(parts, { source, after: place, until: { sequence, hash }, from: logOffset });
  const skip = { source, after: place.sequence, place: { sequence, hash }, ...passed };
  if (sequence > place.sequence) await states.accept(skip, clock.now());
  await states.set({ source, ...FINE });
  await intake.restart(source);
}

interface Range {
  source: string;
  after: Place;
  until: Place;
  from: number;
}

/**
 * What stands in the log of these sequences, in all of its versions, with the records that it names. What can't be read
 * belongs to them where nothing later came before it.
 */
async function passedOver(
  { exchange }: ResumeParts,
  range: Range,
): Promise<Pick<Skip, 'skipped' | 'ignored' | 'unknown'>> {
  const passed = new PassedOver(range);
  for (let from = range.from; ;) {
    const entries = await exchange.read(range.source, from, PAGE);
    if (entries.length === 0) return passed.all();
    for (const entry of entries) passed.see(entry);
    from = entries.at(-1)!.offset + 1;
  }
}

class PassedOver {
  readonly #skipped = new Map<string, Skip['skipped'][number]>();
  readonly #ignored: number[] = [];
  /** The hash of the event before, by sequence and hash. */
  readonly #previous = new Map<string, string>();
  #later = false;

  constructor(private readonly range: Range) {}

  see({ value, offset, key }: LogEntry): void {
    // Of what can't be read, the log's own key still tells the record: not to be believed, but enough to withhold it.
    const said = read(value, this.range.source) ?? {
      sequence: this.#later ? Infinity : this.range.until.sequence,
      record: key,
    };
    this.#later ||= said.sequence > this.range.until.sequence;
    if (!isWithin(said.sequence, this.range)) return;
    this.#ignored.push(offset);
    if ('hash' in said) this.#previous.set(`${said.sequence} ${said.hash}`, said.previous);
    const { sequence, record } = said;
    if (isUuid(record)) this.#skipped.set(`${sequence} ${record}`, { sequence, record });
  }

  all(): Pick<Skip, 'skipped' | 'ignored' | 'unknown'> {
    return { skipped: [...this.#skipped.values()], ignored: this.#ignored, unknown: !this.#isWhole() };
  }

  /** From the place that the operator vouches for back to the one applied last: by hashes, nothing can be amiss. */
  #isWhole(): boolean {
    const { after, until } = this.range;
    let hash: string | undefined = until.hash;
    for (let sequence = until.sequence; sequence > after.sequence && hash !== undefined; sequence -= 1) {
      hash = this.#previous.get(`${sequence} ${hash}`);
    }
    return hash === after.hash;
  }
}

const isWithin = (sequence: number, { after, until }: Range): boolean =>
  sequence > after.sequence && sequence <= until.sequence;

function read(value: string, of: string) {
  try {
    const { source, sequence, subject, hash, previous } = readPlaced(value);
    return source === of ? { sequence, record: subject, hash, previous } : null;
  } catch {
    return null;
  }
}
