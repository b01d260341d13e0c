import type { EventStore } from '#event-store';
import type { Clock, Logger } from '#platform';
import { migrate, type Database } from '#sql';
import type { SigningKey } from '#contracts';
import { CONSULTATION_TABLES } from '../audit/consultations.ts';
import { AUDIT_TABLES } from '../audit/witness.ts';
import { TASK_FORCE_TABLES } from '../task-force/task-force.ts';
import { catchUp } from './catch-up.ts';
import { Consequences } from './consequences.ts';
import { Expiry } from './expiry.ts';
import { Idempotency } from './idempotency.ts';
import { KeyDelivery } from './key-delivery.ts';
import { RecordKeys } from './keys.ts';
import { ListQueries } from './list-queries.ts';
import { OwnLists } from './lists.ts';
import { Modules } from './modules.ts';
import { Mutex } from './mutex.ts';
import { People } from './people.ts';
import type { RecordModule } from './record-module.ts';
import { Records } from './records.ts';
import { Sealer } from './sealer.ts';
import { NODE_TABLES } from './tables.ts';
import { RecordWriter } from './writer.ts';

export interface RailsOptions {
  source: string;
  db: Database;
  schema: string;
  /** The member's own events. */
  store: EventStore;
  secret: Uint8Array;
  signingKey: SigningKey;
  viewsUrl: string;
  kinds: readonly RecordModule[];
  clock: Clock;
  logger: Logger;
}

export interface Rails {
  store: EventStore;
  keys: RecordKeys;
  queries: ListQueries;
  writer: RecordWriter;
  records: Records;
  idempotency: Idempotency;
  delivery: KeyDelivery;
  expiry: Expiry;
  modules: Modules;
}

/** Lays what all kinds of records run on, and brings it up to the store's end: no command comes before. */
export const layRails = async (options: RailsOptions): Promise<Rails> => {
  const { source, db, schema, store, secret, clock, logger } = options;
  await migrate(db, schema, [...NODE_TABLES, ...TASK_FORCE_TABLES, ...AUDIT_TABLES, ...CONSULTATION_TABLES]);
  const modules = new Modules(options.kinds);
  const keys = new RecordKeys(db, schema);
  const lists = new OwnLists(db, schema, secret);
  const queries = new ListQueries(db, schema);
  const people = new People(db, schema, lists);
  const writer = new RecordWriter(store, keys, lists, new Sealer(source));
  const delivery = new KeyDelivery({
    source,
    url: options.viewsUrl,
    signingKey: options.signingKey,
    keys,
    clock,
    logger,
  });
  const consequences = new Consequences({ writer, people, keys, queries, modules, delivery });
  const repair = () => catchUp({ store, lists, writer, modules, consequences, clock });
  const records = new Records({ writer, people, consequences, mutex: new Mutex(), clock, repair });
  const idempotency = new Idempotency(store, secret, clock);
  const expiry = new Expiry({ records, queries, modules, consequences, clock, logger });
  await repair();
  await keys.destroyErased();
  return { store, keys, queries, writer, records, idempotency, delivery, expiry, modules };
};
