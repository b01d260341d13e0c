import { captionOf } from '#contracts';
import type { Sql } from '#sql';
import type { Seen } from '../consultation/entry.ts';
import { CAPTION_PROPERTIES } from './ftm.ts';
import { appearancesOf, firstValuesOf } from './subjects.query.ts';

/** What this viewer sees of an entity at a glance. */
export interface Profile {
  id: string;
  schema: string;
  caption: string;
  /** The records that speak of it, newest first. */
  records: Seen[];
}

/** Profiles by entity. An entity that no visible record speaks of has none. Two statements, however many entities. */
export const profilesOf = async (sql: Sql, entities: readonly string[]): Promise<Map<string, Profile>> => {
  const profiles = new Map<string, Profile>();
  for (const { entity, schema, record, originator } of await appearancesOf(sql, entities)) {
    const profile = profiles.get(entity) ?? { id: entity, schema, caption: '', records: [] };
    profile.records.push({ record, originator });
    profiles.set(entity, profile);
  }
  const values = new Map<string, Record<string, string[]>>();
  for (const { entity, property, value } of await firstValuesOf(sql, entities, CAPTION_PROPERTIES)) {
    values.set(entity, { ...values.get(entity), [property]: [value] });
  }
  for (const profile of profiles.values()) profile.caption = captionOf(profile.schema, values.get(profile.id) ?? {});
  return profiles;
};

/** The originators of records, each once, in order. */
export const originatorsOf = (records: readonly Seen[]): string[] =>
  [...new Set(records.map(({ originator }) => originator))].sort();
