import { randomBytes } from 'node:crypto';
import { Type } from '@sinclair/typebox';
import { EVENT_STORE_SETTINGS } from '#event-store/configured';
import { parseConfig, secretOf } from '#platform';
import type { Home } from '../home/home.ts';

/** Where the registry and the nodes of a data directory keep their events. */
export type ChosenEventStore =
  { kind: 'postgres' } | { kind: 'eventstoredb'; prefix: string; /** Holds a password. */ connectionString: string };

interface Kept {
  kind: string;
  prefix: string;
}

const FILE = 'event-store.json';
const { EVENT_STORE, EVENTSTOREDB_URL, EVENTSTOREDB_URL_FILE } = EVENT_STORE_SETTINGS;
const Settings = Type.Object({ EVENT_STORE, EVENTSTOREDB_URL, EVENTSTOREDB_URL_FILE });

/**
 * The choice of the environment, which a data directory keeps to. Its streams on a server of EventStoreDB have a prefix of
 * their own: another directory, or a fresh one, begins on the same server with nothing.
 */
export const chooseEventStore = (home: Home, env: Record<string, string | undefined>): ChosenEventStore => {
  const { EVENT_STORE: kind, ...settings } = parseConfig(Settings, env);
  const kept = keptBy(home);
  if (kept && kept.kind !== kind) {
    throw new Error(`${home.dir} holds events in ${kept.kind}, not in ${kind}: name another --data, or use --fresh.`);
  }
  if (kind === 'postgres') return { kind };
  const connectionString = secretOf('EVENTSTOREDB_URL', settings.EVENTSTOREDB_URL, settings.EVENTSTOREDB_URL_FILE);
  if (!connectionString) throw new Error('EVENT_STORE is eventstoredb: set EVENTSTOREDB_URL, too.');
  const prefix = kept?.prefix ?? `accord${randomBytes(4).toString('hex')}`;
  home.writeJson({ kind, prefix } satisfies Kept, FILE);
  return { kind: 'eventstoredb', prefix, connectionString };
};

/** A directory that was used and says nothing is on PostgreSQL. */
const keptBy = (home: Home): Kept | null => {
  if (home.has(FILE)) return home.readJson(FILE);
  return home.has('servers') ? { kind: 'postgres', prefix: '' } : null;
};
