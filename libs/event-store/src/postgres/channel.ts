import { EventEmitter } from 'node:events';
import type { Database } from '#sql';

/** A way to say something to all who listen on one name, in whatever process. */
export interface Channel {
  tell(word: string): Promise<void>;
  listen(callback: (word: string) => void): Promise<() => Promise<void>>;
}

/** PGlite has no other process to tell. */
const local = new WeakMap<Database, EventEmitter>();

/** A channel of a database: LISTEN and NOTIFY, or for PGlite, which one process owns, within the process. */
export function openChannel(db: Database, name: string): Channel {
  return db.kind === 'pglite' ? localChannel(db, name) : notifyChannel(db, name);
}

function notifyChannel(db: Database, name: string): Channel {
  return {
    tell: async (word) => void (await db.query('select pg_notify($1, $2)', [name, word])),
    listen: (callback) => db.listen(name, callback),
  };
}

function localChannel(db: Database, name: string): Channel {
  const emitter = local.get(db) ?? new EventEmitter().setMaxListeners(0);
  local.set(db, emitter);
  return {
    tell: async (word) => void emitter.emit(name, word),
    listen: async (callback) => {
      emitter.on(name, callback);
      return async () => void emitter.off(name, callback);
    },
  };
}
