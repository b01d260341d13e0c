import { describe, expect, it } from '@jest/globals';
import { draft, newSigningKey, place, sign, uuidv8, ZERO_HASH, type SigningKey } from '#contracts';
import type { LogEntry } from '#exchange';
import { hear, NOTHING_HEARD, type Heard } from './hearing.ts';

const registry = newSigningKey();
const stranger = newSigningKey();
const TYPE = 'accord.registry.member-proposed.v1';

interface Said {
  code: string;
  state: string;
  by?: SigningKey | null;
}

/** A log in which each says what state a member is in, after the one before. */
const logOf = (...said: Said[]): LogEntry[] => {
  let hash = ZERO_HASH;
  return said.map(({ code, state, by = registry }, offset) => {
    const text = draft({
      specversion: '1.0',
      id: uuidv8(code, state),
      source: '/registry/members',
      type: TYPE,
      subject: code,
      time: '2025-05-15T00:00:00.000Z',
      dataschema: `urn:accord:schema:${TYPE}`,
      datacontenttype: 'application/json',
      data: { by: null, code, bit: 1, name: code, contact: 'x@example.org', state },
    });
    const placed = place(text, offset + 1, hash);
    hash = placed.hash;
    const value = by ? sign(placed.text, placed.hash, by.privateJwk, by.kid) : placed.text;
    return { offset, value } as LogEntry;
  });
};

const keys = [{ kid: registry.kid, publicJwk: registry.publicJwk }];
const listen = (entries: LogEntry[], from: Heard = NOTHING_HEARD) => {
  const doubts: number[] = [];
  return { heard: hear(from, entries, keys, (offset) => doubts.push(offset)), doubts };
};

const GB = { code: 'GB', state: 'active' };
const AL = { code: 'AL', state: 'active' };

describe('what a node hears of the registry', () => {
  it('counts once it is signed, with all before it', () => {
    const [first, second] = logOf({ ...GB, by: null }, AL) as [LogEntry, LogEntry];
    const { heard } = listen([first]);
    expect(heard).toMatchObject({ sequence: 0, offset: 0, members: {} });
    const both = { sequence: 2, offset: 2, members: { GB: 'active', AL: 'active' }, waiting: [] };
    expect(listen([second], heard).heard).toMatchObject(both);
    // As after a restart, and twice.
    expect(listen([first, first, second, second]).heard).toMatchObject(both);
  });

  it('counts where it comes again with another end of its batch', () => {
    const { heard } = listen(logOf({ ...GB, by: null }));
    expect(listen([{ ...logOf(GB)[0]!, offset: 1 }], heard).heard).toMatchObject({ sequence: 1, offset: 2 });
  });

  it.each<[string, LogEntry[]]>([
    ['signed by a stranger', logOf(GB, { code: 'IT', state: 'active', by: stranger })],
    [
      'signed in the name of the registry',
      logOf(GB, { code: 'IT', state: 'active', by: { ...stranger, kid: registry.kid } }),
    ],
    ['that does not follow', [logOf(GB)[0]!, { ...logOf(AL, { code: 'IT', state: 'active' })[1]!, offset: 1 }]],
    ['that is no event', [logOf(GB)[0]!, { offset: 1, value: '{}' } as LogEntry]],
  ])('is no word %s', (_, entries) => {
    const { heard, doubts } = listen(entries);
    expect(doubts).toEqual([1]);
    expect(heard).toMatchObject({ sequence: 1, members: { GB: 'active' } });
    expect(heard.members).not.toHaveProperty('IT');
  });

  it('is nothing without a signature, nor after a hole', () => {
    const entries = logOf(GB, AL, { code: 'XK', state: 'active' });
    expect(listen([entries[0]!, entries[2]!]).heard).toMatchObject({ sequence: 1, members: { GB: 'active' } });
    expect(listen(logOf(GB, { ...AL, by: null })).heard).toMatchObject({ sequence: 1, offset: 1 });
  });
});
