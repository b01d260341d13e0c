import { hashOf, newSigningKey, place, sign, ZERO_HASH } from '#contracts';
import type { Random } from '../access/random.ts';
import type { Evidence } from './world.ts';

/** What may be done to the log of a source; the answer is the log afterwards. */
type Mutation = (events: readonly string[], random: Random, evidence: Evidence) => string[];

const SIGNATURE = /,"keyid":"[^"]*","signature":"[^"]*"\}$/;
const PLACE = /,"sequence":"\d{16}","previous":"[0-9a-f]{64}"\}$/;
const LETTERS = [...'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_"{}:, ë'];

const isSigned = (text: string): boolean => SIGNATURE.test(text);
const unsigned = (text: string): string => text.replace(SIGNATURE, '}');
const without = (events: readonly string[], at: number): string[] => events.filter((_, n) => n !== at);
const withAt = (events: readonly string[], at: number, text: string): string[] => events.with(at, text);
const inserted = (events: readonly string[], at: number, text: string): string[] => events.toSpliced(at, 0, text);

/** Another character somewhere in a text. */
export function flipped(text: string, random: Random): string {
  const at = random.below(text.length);
  const other = random.pick(LETTERS.filter((letter) => letter !== text[at]));
  return text.slice(0, at) + other + text.slice(at + 1);
}

/** Other words in an event that is still well-formed. */
function reworded(text: string, random: Random): string {
  const ways = [
    text.replace(/"time":"(\d{4})/, (_, year: string) => `"time":"${Number(year) - 1}`),
    text.replace(/"id":"(.)/, (_, digit: string) => `"id":"${digit === '0' ? '1' : '0'}`),
    text.replace(/"audience":"[^"]*"/, '"audience":"AL,ME,XK"'),
    text.replace(/"type":"[^"]*"/, '"type":"accord.records.record-expired.v2"'),
    text.replace(/"data_base64":"(.)/, (_, letter: string) => `"data_base64":"${letter === 'A' ? 'B' : 'A'}`),
  ];
  return random.pick(ways.filter((way) => way !== text));
}

type Key = Evidence['key'];

/** Gives what stands from `from` on its places again, so that hashes follow; signed where it was, by the key given. */
function chained(events: readonly string[], from: number, key: Key | null): string[] {
  const result = events.slice(0, from);
  let previous = from === 0 ? ZERO_HASH : hashOf(result.at(-1)!);
  for (const text of events.slice(from)) {
    const placed = place(unsigned(text).replace(PLACE, '}'), result.length + 1, previous);
    const again = isSigned(text) && key !== null;
    result.push(again ? sign(placed.text, placed.hash, key.privateJwk, key.kid) : placed.text);
    previous = placed.hash;
  }
  return result;
}

/** A stranger's key, under its own name or the registered one's; another member's; or none. */
const strangers = (random: Random, evidence: Evidence): Key | null =>
  random.pick([newSigningKey(), { ...newSigningKey(), kid: evidence.key.kid }, evidence.otherKey, null]);

const reworded1 = (events: readonly string[], random: Random): [string[], number] => {
  const at = random.below(events.length);
  return [withAt(events, at, reworded(events[at]!, random)), at];
};

export const EVENT_MUTATIONS: Record<string, Mutation> = {
  'a character of an event changed': (events, random) => {
    const at = random.below(events.length);
    return withAt(events, at, flipped(events[at]!, random));
  },
  'an event reworded': (events, random) => reworded1(events, random)[0],
  'an event dropped': (events, random) => without(events, random.below(events.length)),
  'the last events dropped': (events, random) => events.slice(0, -1 - random.below(events.length)),
  'the first events dropped': (events, random) => events.slice(1 + random.below(events.length - 1)),
  'two events in the other order': (events, random) => {
    const at = random.below(events.length - 1);
    return [...events.slice(0, at), events[at + 1]!, events[at]!, ...events.slice(at + 2)];
  },
  'an event put elsewhere': (events, random) => {
    const from = random.below(events.length);
    const to = random.pick(events.map((_, n) => n).filter((n) => n !== from));
    return inserted(without(events, from), to, events[from]!);
  },
  'an event inserted, the rest as it was': (events, random) => {
    const at = random.below(events.length + 1);
    const copy = place(reworded(unsigned(random.pick(events)), random).replace(PLACE, '}'), at + 1, before(events, at));
    return inserted(events, at, copy.text);
  },
  'an event inserted, and all places made anew': (events, random, evidence) => {
    const at = random.below(events.length + 1);
    return chained(inserted(events, at, random.pick(events)), at, strangers(random, evidence));
  },
  'an event dropped, and all places made anew': (events, random, evidence) => {
    const at = random.below(events.length);
    return chained(without(events, at), at, strangers(random, evidence));
  },
  'an event reworded, and all places made anew': (events, random, evidence) => {
    const [changed, at] = reworded1(events, random);
    return chained(changed, at, strangers(random, evidence));
  },
  'events signed by somebody else': (events, random, evidence) => {
    const signed = events.map((text, n) => (isSigned(text) ? n : -1)).filter((n) => n >= 0);
    const at = random.pick(signed);
    const { kid, privateJwk } = strangers(random, evidence) ?? newSigningKey();
    return withAt(events, at, sign(unsigned(events[at]!), hashOf(events[at]!), privateJwk, kid));
  },
  'the last signature taken off': (events) => withAt(events, events.length - 1, unsigned(events.at(-1)!)),
  'an event of another source inserted': (events, random) => {
    const at = random.below(events.length + 1);
    const text = unsigned(random.pick(events)).replace('"source":"/members/GB"', '"source":"/members/AL"');
    return inserted(events, at, place(text.replace(PLACE, '}'), at + 1, before(events, at)).text);
  },
};

const before = (events: readonly string[], at: number): string => (at === 0 ? ZERO_HASH : hashOf(events[at - 1]!));
