import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Home } from '../home/home.ts';
import { chooseEventStore } from './event-store.ts';

const ON_EVENTSTOREDB = { EVENT_STORE: 'eventstoredb', EVENTSTOREDB_URL: 'esdb://gb:a-secret@db:2113' };

describe('the event store of a data directory', () => {
  let dir: string;
  beforeEach(() => void (dir = mkdtempSync(join(tmpdir(), 'accord-event-store-'))));
  afterEach(() => rmSync(dir, { recursive: true }));

  it('is PostgreSQL where nothing is chosen', () => {
    expect(chooseEventStore(new Home(dir), {})).toEqual({ kind: 'postgres' });
  });

  it('is the chosen one, under a prefix that the directory keeps', () => {
    const first = chooseEventStore(new Home(dir), ON_EVENTSTOREDB);
    expect(first).toEqual({
      kind: 'eventstoredb',
      prefix: expect.stringMatching(/^accord[0-9a-f]{8}$/),
      connectionString: ON_EVENTSTOREDB.EVENTSTOREDB_URL,
    });
    mkdirSync(join(dir, 'servers'));
    expect(chooseEventStore(new Home(dir), ON_EVENTSTOREDB)).toEqual(first);
  });

  it('stays what it was', () => {
    chooseEventStore(new Home(dir), ON_EVENTSTOREDB);
    expect(() => chooseEventStore(new Home(dir), {})).toThrow('holds events in eventstoredb, not in postgres');
    rmSync(join(dir, 'event-store.json'));
    mkdirSync(join(dir, 'servers'));
    expect(() => chooseEventStore(new Home(dir), ON_EVENTSTOREDB)).toThrow('holds events in postgres');
  });

  it('needs a connection string', () => {
    expect(() => chooseEventStore(new Home(dir), { EVENT_STORE: 'eventstoredb' })).toThrow('set EVENTSTOREDB_URL');
  });
});
