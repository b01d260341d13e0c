import { Type, type Static, type TObject } from '@sinclair/typebox';
import { ConfigError, secretOf } from '#platform';
import type { Database } from '#sql';
import type { StoreLog } from '../eventstoredb/append-listener.ts';
import { openEventStoreDb } from '../eventstoredb/index.ts';
import type { EventStore } from '../port.ts';
import { openSqlEventStore } from '../postgres/index.ts';

/** Where an app's own events are kept. Its lists and keys are in its database in any case. */
export const EVENT_STORE_SETTINGS = {
  EVENT_STORE: Type.String({ default: 'postgres', pattern: '^(postgres|eventstoredb)$' }),
  /** `esdb://user:password@host:2113?tls=true&tlsCAFile=…`: holds a password, so it may come in a file. */
  EVENTSTOREDB_URL: Type.Optional(Type.String()),
  EVENTSTOREDB_URL_FILE: Type.Optional(Type.String()),
  /** What the names of all streams begin with: another one for each task force on a server. */
  EVENTSTOREDB_PREFIX: Type.String({ default: 'accord', pattern: '^[A-Za-z0-9]+$' }),
};
export type EventStoreSettings = Static<TObject<typeof EVENT_STORE_SETTINGS>>;

/**
 * Opens the event store that the settings choose. `name` tells stores of one server apart, in lower-case letters, digits
 * and `_`: `gb` is the database's schema `gb`, or the streams `accordgb-…` of EventStoreDB.
 */
export async function openConfiguredEventStore(
  settings: EventStoreSettings,
  needs: { db: Database; name: string; log: StoreLog },
): Promise<EventStore> {
  const { db, name } = needs;
  if (settings.EVENT_STORE === 'postgres') return openSqlEventStore({ db, schema: name });
  const { EVENTSTOREDB_URL, EVENTSTOREDB_URL_FILE, EVENTSTOREDB_PREFIX } = settings;
  const connectionString = secretOf('EVENTSTOREDB_URL', EVENTSTOREDB_URL, EVENTSTOREDB_URL_FILE);
  if (connectionString === undefined) throw new ConfigError('Setting EVENTSTOREDB_URL: Required property');
  const prefix = `${EVENTSTOREDB_PREFIX}${name.replaceAll('_', '')}-`;
  return openEventStoreDb({ connectionString, prefix, log: needs.log });
}
