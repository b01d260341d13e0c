import { readPlaced, type PlacedEnvelope } from '#contracts';
import type { LogEntry } from '#exchange';
import type { Change } from '../records/record.ts';
import type { Place } from './chain.ts';
import type { Copy } from './copy.ts';
import type { Reader } from './reader.ts';
import { isRevokedAt, type KnownKey } from './signing.ts';
import { skippedChanges, type Skip } from './skip.ts';
import { memberOf } from './sources.ts';

/** What it takes to read again what was applied. */
export interface AgainParts {
  copy: Copy;
  reader: Reader;
  skips(source: string): Promise<readonly Skip[]>;
  read(source: string, from: number, limit: number): Promise<LogEntry[]>;
}

/** Which records. */
type Some = Pick<ReadonlySet<string>, 'has'>;

const PAGE = 500;
/** An envelope's first attributes, which hold no quote. */
const SUBJECT = /^\{"specversion":"1\.0","id":"[^"]*","source":"[^"]*","type":"[^"]*","subject":"([^"]*)"/;

/**
 * Makes records of a source anew from all that was said of them up to a place, at which the copy must still stand: their
 * keys are there by now, or something that was said of them is withdrawn. Throws Fenced, KeysChanged.
 */
export async function makeAnew(
  parts: AgainParts,
  source: string,
  place: Place,
  records: readonly string[],
): Promise<void> {
  const wanted = new Set(records);
  const events = await saidOf(parts, source, place, wanted);
  const keys = await parts.copy.signingKeys(memberOf(source)!);
  const withdrawn = await withdrawnOf(parts.copy, source, events, keys);
  const skips = (await parts.skips(source)).filter(({ after }) => after < place.sequence);
  const changes = await readAnew(parts.reader, source, { events, skips, withdrawn }, wanted);
  await parts.copy.anew({ source, from: place, changes, keys }, records);
}

/** Of these events, which were applied, those that don't count by these keys of their member. */
export async function withdrawnOf(
  copy: Copy,
  source: string,
  events: readonly PlacedEnvelope[],
  keys: readonly KnownKey[],
): Promise<Set<number>> {
  const revoked = keys.flatMap(({ until }) => until ?? []);
  const late = events.map(({ sequence }) => sequence).filter((n) => revoked.some((until) => n >= until));
  if (late.length === 0) return new Set();
  const signedBy = await copy.keysOf(source, late);
  return new Set(late.filter((n) => isRevokedAt(n, signedBy.get(n), keys)));
}

/** What was said of these records, by the source and by the operator, in its order. */
export async function readAnew(
  reader: Reader,
  source: string,
  { events, skips, withdrawn }: { events: PlacedEnvelope[]; skips: readonly Skip[]; withdrawn: ReadonlySet<number> },
  records: ReadonlySet<string>,
): Promise<Change[]> {
  const { changes } = await reader.read(source, events, null, withdrawn);
  const skipped = skips.flatMap((skip) => skippedChanges(skip, [...records]));
  return [...changes, ...skipped].filter(({ record }) => records.has(record)).sort((a, b) => a.sequence - b.sequence);
}

/** What was said of these up to a place. In their order, each once, and no other than was applied: the hashes tell. */
export async function saidOf(
  { copy, read }: Pick<AgainParts, 'copy' | 'read'>,
  source: string,
  place: Place,
  records: Some,
): Promise<PlacedEnvelope[]> {
  const said = new Map<number, PlacedEnvelope>();
  for (let from = 0; ;) {
    const entries = await read(source, from, PAGE);
    if (entries.length === 0) return [...said.values()].sort((a, b) => a.sequence - b.sequence);
    const found = entries.map(({ value }) => about(value, records)).filter((event) => event !== null);
    const sequences = found.map(({ sequence }) => sequence);
    const hashes = sequences.length === 0 ? new Map<number, string>() : await copy.hashes(source, sequences);
    for (const event of found) {
      const wasApplied = event.sequence <= place.sequence && hashes.get(event.sequence) === event.hash;
      if (wasApplied) said.set(event.sequence, event);
    }
    from = entries.at(-1)!.offset + 1;
  }
}

function about(value: string, records: Some): PlacedEnvelope | null {
  if (!records.has(SUBJECT.exec(value)?.[1] ?? '')) return null;
  try {
    return readPlaced(value);
  } catch {
    return null;
  }
}
