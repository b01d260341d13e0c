import { describe, expect, it } from '@jest/globals';
import { newSigningKey, sign, ZERO_HASH } from '../envelope/index.ts';
import { currentUntil, readHeartbeat, signHeartbeat, type AppliedTo, type Heartbeat } from './index.ts';

const key = newSigningKey();
const other = newSigningKey();
const beat: Heartbeat = {
  source: '/registry/members',
  sequence: 12,
  hash: 'a'.repeat(64),
  time: '2026-01-01T00:00:00.000Z',
};
const text = signHeartbeat(beat, key);

describe('a heartbeat', () => {
  it('reads as it was signed', () => {
    expect(text).toMatch(
      /^\{"heartbeat":"accord.registry.heartbeat.v1","source":"\/registry\/members","sequence":12,"hash":"a{64}","time":"2026-01-01T00:00:00.000Z","keyid":"[\w-]{43}","signature":"[\w-]{86}"\}$/,
    );
    expect(readHeartbeat(text, [other, key])).toEqual(beat);
  });

  it('is nobody else’s, whatever key id it names', () => {
    expect(readHeartbeat(text, [other])).toBeNull();
    expect(readHeartbeat(signHeartbeat(beat, { ...other, kid: key.kid }), [key])).toBeNull();
  });

  it.each([
    ['a later time', text.replace('00:00:00', '01:00:00')],
    ['another sequence', text.replace('"sequence":12', '"sequence":11')],
    ['another hash', text.replace(/a{64}/, 'b'.repeat(64))],
    ['another source', text.replace('members', 'agreements')],
    ['no signature', text.replace(/,"keyid".*/, '}')],
    ['more in it', text.replace('{', '{"x":1,')],
    ['nothing', ''],
  ])('with %s is none', (_, changed) => expect(readHeartbeat(changed, [key])).toBeNull());

  it('no signature of an event stands for one: an event’s is over the bytes of its hash', () => {
    const unsigned = text.replace(/,"keyid".*/, '}');
    expect(readHeartbeat(sign(unsigned, 'c'.repeat(64), key.privateJwk, key.kid), [key])).toBeNull();
  });

  it('is not made of what is none', () => {
    for (const wrong of [{ sequence: -1 }, { hash: 'x' }, { time: '2026-01-01' }, { source: '/members/GB' }]) {
      expect(() => signHeartbeat({ ...beat, ...wrong }, key)).toThrow('No heartbeat');
    }
  });
});

describe('what a reader knows by it', () => {
  const time = Date.parse(beat.time);
  const applied = (sequence: number, hash = beat.hash): AppliedTo => ({ sequence, hashAt: () => hash });
  const until = (at: Heartbeat | null, to: AppliedTo = applied(12), now = time + 1000) =>
    currentUntil(at, '/registry/members', to, now);

  it('is current until its time, where that event or a later one was applied', () => {
    expect(until(beat)).toBe(time);
    expect(until(beat, applied(40))).toBe(time);
    expect(until({ ...beat, sequence: 0, hash: ZERO_HASH }, applied(0, ZERO_HASH))).toBe(time);
  });
  it('is nothing where an event of it is missing, or was another', () => {
    expect(until(beat, applied(11))).toBeNull();
    expect(until(beat, applied(12, 'b'.repeat(64)))).toBeNull();
    expect(until(beat, { sequence: 12, hashAt: () => undefined })).toBeNull();
  });
  it('is nothing by another source’s, or none', () => {
    expect(until({ ...beat, source: '/registry/agreements' })).toBeNull();
    expect(until(null)).toBeNull();
  });
  it('is never from the future', () => {
    expect(until(beat, applied(12), time - 30_000)).toBe(time - 30_000);
    expect(until(beat, applied(12), time - 30_001)).toBeNull();
  });
});
