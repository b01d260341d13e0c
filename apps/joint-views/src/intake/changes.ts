import { catalogue, open, readEvent, SealBroken, type PlacedEnvelope, type Shield } from '#contracts';
import type { Change, Rows } from '../records/record.ts';
import type { Projection, Released } from '../records/view.ts';
import { hasStorableTimes, isStorable } from './storable.ts';

/** By type of event: the kind of record that it makes (null: it adds to one that is there), and its projections. */
export type Kinds = Map<string, { kind: string | null; projections: readonly Projection[] }>;

export interface Readable {
  originator: string;
  /** Undefined: there is none, or not any more. */
  key: Uint8Array | undefined;
  kinds: Kinds;
  /** What of it the database would not store. */
  refused: 'content' | 'event' | null;
  /** Its key was revoked from before it: whatever it says doesn't count. */
  isWithdrawn: boolean;
}

/** Why an event that verified is of no use. Stable words, without content. */
export const UNREADABLE = [
  'unknown-type',
  'not-decryptable',
  'invalid-content',
  'not-mappable',
  'not-storable',
] as const;
type Reason = (typeof UNREADABLE)[number];

interface Content {
  type: string;
  shield: Shield;
  content: unknown;
}

export const ERASED_TYPE = 'accord.records.record-erased.v1';
const ENDS: Record<string, 'recall' | 'expire' | 'erase'> = {
  'accord.records.record-recalled.v1': 'recall',
  'accord.records.record-expired.v1': 'expire',
  [ERASED_TYPE]: 'erase',
};
const EXTENDED = 'accord.records.audience-extended.v1';
const RESHIELDED = 'accord.records.record-reshielded.v1';

const said = ({ id, subject, sequence, time, recordversion }: PlacedEnvelope) => ({
  record: subject,
  sequence,
  event: id,
  at: new Date(time).toISOString(),
  ...(recordversion !== undefined && { version: recordversion }),
});

const poison = (event: PlacedEnvelope, reason: Reason): Change => ({ ...said(event), change: 'poison', reason });

/**
 * What an event of a member changes. An event that can't be read still counts by what stands in its clear attributes, so
 * that a rebuild after its key is gone ends the same; where it had its key, it is poison besides.
 */
export function changesOf(event: PlacedEnvelope, readable: Readable): Change[] {
  if (readable.isWithdrawn) return [{ ...said(event), change: 'doubt' }];
  if (readable.refused === 'event' || !hasStorableTimes(event)) return [poison(event, 'not-storable')];
  const end = ENDS[event.type];
  if (end) return [{ ...said(event), change: end }];
  if (event.type === EXTENDED) return [extended(event)];
  if (catalogue.find(event.type)?.carries !== 'sealed') return [poison(event, 'unknown-type')];
  return contentOf(event, readable);
}

function extended(event: PlacedEnvelope): Change {
  if (!event.access) return poison(event, 'invalid-content');
  return { ...said(event), change: 'extend', audience: event.access.audience };
}

function contentOf(event: PlacedEnvelope, readable: Readable): Change[] {
  const read = readable.refused !== null ? 'not-storable' : readContent(event, readable.key);
  const change = isContent(read) ? changeOf(event, read, readable) : read;
  return change === null || typeof change === 'string' ? unread(event, readable.kinds, change) : [change];
}

const isContent = (read: Content | Reason | null): read is Content => read !== null && typeof read === 'object';

/** Null: there is no key. */
function readContent(event: PlacedEnvelope, key: Uint8Array | undefined): Content | Reason | null {
  if (event.data_base64 === undefined) return 'invalid-content';
  if (!key) return null;
  try {
    const text = open(key, event.subject, event.id, event.data_base64);
    if (!isStorable(text)) return 'invalid-content';
    return readEvent(event.type, JSON.parse(text));
  } catch (error) {
    return error instanceof SealBroken ? 'not-decryptable' : 'invalid-content';
  }
}

function changeOf(event: PlacedEnvelope, read: Content, { originator, kinds }: Readable): Change | Reason {
  const { shield } = read;
  if (read.type === RESHIELDED) return { ...said(event), change: 'reshield', shield };
  const known = kinds.get(read.type);
  if (!known) return 'unknown-type';
  const rows = project(known.projections, { ...released(event, originator), type: read.type, content: read.content });
  if (rows === null) return 'not-mappable';
  return shaped(event, known.kind, { shield, rows });
}

const released = (event: PlacedEnvelope, originator: string): Omit<Released, 'type' | 'content'> => ({
  id: event.id,
  record: event.subject,
  originator,
  at: said(event).at,
  access: event.access ?? null,
});

function project(projections: readonly Projection[], event: Released): Rows | null {
  try {
    return Object.assign({}, ...projections.map((rows) => rows(event))) as Rows;
  } catch {
    return null;
  }
}

function shaped(event: PlacedEnvelope, kind: string | null, content: { shield: Shield; rows: Rows } | null): Change {
  if (kind === null) return { ...said(event), change: 'add', content };
  return { ...said(event), change: 'put', kind, access: event.access ?? null, content };
}

function unread(event: PlacedEnvelope, kinds: Kinds, reason: Reason | null): Change[] {
  const known = kinds.get(newest(event.type));
  const more = reason === null ? [] : [poison(event, reason)];
  const unread = reason === null ? ({ unread: true } as const) : {};
  if (event.type === RESHIELDED) return [{ ...said(event), ...unread, change: 'reshield', shield: null }, ...more];
  return known ? [{ ...shaped(event, known.kind, null), ...unread }, ...more] : more;
}

function newest(type: string): string {
  const next = catalogue.find(type)?.upcast?.to;
  return next === undefined ? type : newest(next);
}
