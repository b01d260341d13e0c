import { afterEach, describe, expect, it } from '@jest/globals';
import { newSigningKey, place, readHeartbeat, ZERO_HASH } from '#contracts';
import { createLogger } from '#platform';
import { exampleText } from '../testing/example-event.ts';
import type { SourceStatus } from '../status/relays.ts';
import { Heartbeats } from './heartbeats.ts';

const MEMBERS = '/registry/members';
const key = newSigningKey();
const first = place(exampleText, 1, ZERO_HASH);
const second = place(exampleText, 2, first.hash);

/** What is announced of the members, where this is stored and relayed, and this is the topic's last. */
async function heard(status: Partial<SourceStatus>, tail: string | null, fails = false) {
  const announced: string[] = [];
  const warnings: unknown[] = [];
  const logger = createLogger('test', 'silent');
  logger.warn = ((...said: unknown[]) => void warnings.push(said)) as typeof logger.warn;
  const beats = new Heartbeats({
    relays: {
      status: async () => [{ source: MEMBERS, released: 0, relayed: 0, ...status }],
      idle: async () => {},
    },
    exchange: {
      tail: async () => (tail === null ? null : { offset: 0, key: 'GB', value: tail }),
      announce: async (_, text) => {
        if (fails) throw new Error('away');
        announced.push(text);
      },
    },
    signingKey: key,
    clock: { now: () => Date.parse('2026-01-01T00:00:00Z') },
    logger,
    everyMs: 1,
  });
  started.push(beats);
  return { beats, warnings, said: () => announced.map((text) => readHeartbeat(text, [key])) };
}
const started: Heartbeats[] = [];
afterEach(() => Promise.all(started.splice(0).map((beats) => beats.stop())));

const time = '2026-01-01T00:00:00.000Z';

describe('the registry’s heartbeat', () => {
  it('tells its last event, before the first one too', async () => {
    const none = await heard({}, null);
    await none.beats.beat();
    expect(none.said()).toEqual([{ source: MEMBERS, sequence: 0, hash: ZERO_HASH, time }]);
    const two = await heard({ released: 2, relayed: 2 }, second.text);
    await two.beats.beat();
    expect(two.said()).toEqual([{ source: MEMBERS, sequence: 2, hash: second.hash, time }]);
  });

  it.each<[string, Partial<SourceStatus>, string | null]>([
    ['something stored is not on the exchange', { released: 2, relayed: 1 }, first.text],
    ['the exchange shows an older end than there was', { released: 2, relayed: 2 }, first.text],
    ['the exchange shows nothing', { released: 1, relayed: 1 }, null],
    ['its relay has halted', { released: 1, relayed: 1, halted: 'the tail is not its own' }, first.text],
  ])('is silent where %s', async (_, status, tail) => {
    const { beats, said } = await heard(status, tail);
    await beats.beat();
    expect(said()).toEqual([]);
  });

  it('goes on while the exchange is away, and says so once', async () => {
    const { beats, warnings } = await heard({}, null, true);
    beats.start();
    while (warnings.length === 0) await new Promise((resolve) => setTimeout(resolve, 1));
    await expect(beats.beat()).rejects.toThrow('away');
    await new Promise((resolve) => setTimeout(resolve, 10));
    expect(warnings).toHaveLength(1);
  });
});
