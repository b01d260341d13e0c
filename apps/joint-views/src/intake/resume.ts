import { isUuid, readPlaced, RuleBroken, WrongState } from '#contracts';
import type { Exchange, LogEntry } from '#exchange';
import type { Clock } from '#platform';
import type { Copy, Skip } from './copy.ts';
import type { Intake } from './intake.ts';
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
 * The operator resumes a quarantined source: this sequence with this hash is taken as applied, whatever it says, and the
 * next must follow it. Naming the place that was applied last passes over nothing: it tries again. Throws WrongState
 * where the source isn't quarantined, RuleBroken where the place is before what was applied.
 */
export async function resume(parts: ResumeParts, source: string, sequence: number, hash: string): Promise<void> {
  const { copy, states, intake, clock } = parts;
  await states.refresh();
  if (states.get(source).quarantinedAt === null) {
    throw new WrongState('source.not-quarantined', `${source} is not quarantined.`);
  }
  const { place, logOffset } = await copy.place(source);
  if (sequence < place.sequence || (sequence === place.sequence && hash !== place.hash)) {
    const message = `Of ${source}, ${place.sequence} is applied.`;
    throw new RuleBroken('resume.invalid', [{ path: '/sequence', rule: 'not-applied', message }]);
  }
  const passed = await passedOver(parts, { source, after: place.sequence, until: sequence, from: logOffset });
  const skip = { source, after: place.sequence, place: { sequence, hash }, ...passed };
  if (sequence > place.sequence) await states.accept(skip, clock.now());
  await states.set({ source, ...FINE });
  await intake.restart(source);
}

interface Range {
  source: string;
  after: number;
  until: number;
  from: number;
}

/**
 * What stands in the log of these sequences, in all of its versions, with the records that it names. What can't be read
 * belongs to them where nothing later came before it.
 */
async function passedOver({ exchange }: ResumeParts, range: Range): Promise<Pick<Skip, 'skipped' | 'ignored'>> {
  const passed = new PassedOver(range);
  for (let from = range.from; ;) {
    const entries = await exchange.read(range.source, from, PAGE);
    if (entries.length === 0) return { skipped: [...passed.skipped.values()], ignored: passed.ignored };
    for (const entry of entries) passed.see(entry);
    from = entries.at(-1)!.offset + 1;
  }
}

class PassedOver {
  readonly skipped = new Map<string, Skip['skipped'][number]>();
  readonly ignored: number[] = [];
  #later = false;

  constructor(private readonly range: Range) {}

  see({ value, offset, key }: LogEntry): void {
    // Of what can't be read, the log's own key still tells the record: not to be believed, but enough to withhold it.
    const said = read(value, this.range.source) ?? { sequence: this.#later ? Infinity : this.range.until, record: key };
    this.#later ||= said.sequence > this.range.until;
    if (!isWithin(said.sequence, this.range)) return;
    this.ignored.push(offset);
    if (isUuid(said.record)) this.skipped.set(`${said.sequence} ${said.record}`, said);
  }
}

const isWithin = (sequence: number, { after, until }: Range): boolean => sequence > after && sequence <= until;

function read(value: string, of: string): { sequence: number; record: string } | null {
  try {
    const { source, sequence, subject } = readPlaced(value);
    return source === of ? { sequence, record: subject } : null;
  } catch {
    return null;
  }
}
