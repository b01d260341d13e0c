import type { StoredEvent } from '#event-store';

/** What an originator let a newcomer see of what it had released to the whole task force. */
export interface Choice {
  member: string;
  /** `all`, `none`, or a date or time of RFC 3339. */
  since: string;
  by: string;
  at: string;
  /** Of /registry/members, from which the newcomer was known to be active. */
  registrySequence: number;
  /** How many records were extended; null while some may be left. */
  records: number | null;
  version: number;
}

export const CHOSEN = 'backfill-chosen.v1';
export const DONE = 'backfill-done.v1';

export interface Chosen {
  member: string;
  since: string;
  registrySequence: number;
}

export const streamOf = (member: string): string => `backfill-${member}`;

/** The last choice that a stream tells of, or null. A later one adds to what an earlier one let see. */
export const choiceIn = (events: readonly StoredEvent[]): Choice | null => {
  const chosen = events.findLast(({ type }) => type === CHOSEN);
  if (!chosen) return null;
  const done = events.find(({ type, version }) => type === DONE && version > chosen.version);
  const { member, since, registrySequence } = chosen.data as Chosen;
  const { actor, at } = chosen.meta;
  const records = done ? (done.data as { records: number }).records : null;
  return { member, since, by: actor, at, registrySequence, records, version: events.length };
};
