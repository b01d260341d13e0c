import { hashOf, newSigningKey, sign, type SigningKey } from '#contracts';
import type { LogEntry, Message } from '#exchange';
import { TestSource, uuid, type Said } from '../../apps/joint-views/src/intake/testing/source.ts';
import { memberData } from '../../apps/joint-views/src/intake/testing/world.ts';
import { randomFrom, type Random } from '../access/random.ts';
import { FOUNDERS, NEWCOMER, sayNext } from './sayings.ts';

const MEMBERS_SOURCE = '/registry/members';
const AGREEMENTS_SOURCE = '/registry/agreements';
const AGREEMENT = uuid('agreement');

export interface RecordKey {
  member: string;
  record: string;
  key: Uint8Array;
}

/** Everything that is said in one seed's world. */
export interface Scenario {
  registryKey: SigningKey;
  /** How many events each source has said. */
  said: Map<string, number>;
  /** Each source's log as a broker may hold it: events again, and some later than those after them. */
  logs: Map<string, LogEntry[]>;
  /** When a record's key comes to the joint views; `never` is a member that has lost it. */
  keys: Record<'early' | 'late' | 'never', RecordKey[]>;
}

class Speaking {
  readonly sources = new Map<string, TestSource>();
  readonly said = new Map<string, { message: Message; key: SigningKey }[]>();
  readonly #signing = new Map<string, { key: SigningKey; until: number | null }[]>();
  #turn = 0;
  /** Where members use each other's ids no key is revoked: what is withdrawn then makes way for what was refused before. */
  readonly #shares: boolean;

  constructor(private readonly random: Random) {
    this.#shares = random.chance(0.4);
    const registry = this.#open(MEMBERS_SOURCE);
    Object.assign(this.#open(AGREEMENTS_SOURCE), { key: registry.key });
    for (const code of FOUNDERS) this.#register('founded', code, 'active');
    this.#agree('entered-into-force', 'in-force');
  }

  get registryKey(): SigningKey {
    return this.#of(MEMBERS_SOURCE).key;
  }

  #of(source: string): TestSource {
    return this.sources.get(source)!;
  }

  #open(source: string): TestSource {
    const opened = new TestSource(source, undefined as never);
    this.sources.set(source, opened);
    this.said.set(source, []);
    return opened;
  }

  #say(source: string, ...said: Said[]): void {
    const speaker = this.#of(source);
    const messages = speaker.batch(...said);
    this.said.get(source)!.push(...messages.map((message) => ({ message, key: speaker.key })));
  }

  #register(what: string, code: string, state: string): void {
    const member = this.sources.get(`/members/${code}`) ?? this.#open(`/members/${code}`);
    const keys = this.#signing.get(code) ?? [{ key: member.key, until: null }];
    this.#signing.set(code, keys);
    const signingKeys = keys.map(({ key: { kid, publicJwk }, until }) => {
      return { kid, jwk: { ...publicJwk }, from: 1, until };
    });
    const data = { by: null, ...memberData(code, member.key, state), signingKeys };
    this.#say(MEMBERS_SOURCE, { type: `accord.registry.member-${what}.v1`, subject: code, data });
  }

  #agree(what: string, state: string): void {
    const data = {
      ...{ by: 'XK', id: AGREEMENT, title: 'Tirana arrangement', parties: FOUNDERS, onward: false, state },
      ...{ categories: ['intelligence', 'operation'], purposes: ['people-smuggling'] },
      ...{ validFrom: '2025-01-01T00:00:00Z', validTo: null, inForceSince: '2025-01-01T00:00:00Z' },
      ...{ signedBy: FOUNDERS, suspendedBy: state === 'suspended' ? 'AL' : null },
    };
    this.#say(AGREEMENTS_SOURCE, { type: `accord.registry.agreement-${what}.v1`, subject: AGREEMENT, data });
  }

  /** The new key signs from here on; the registry is told, and may be heard of it later than its first use. */
  #rotate(code: string): void {
    const key = newSigningKey();
    this.#signing.get(code)!.push({ key, until: null });
    Object.assign(this.#of(`/members/${code}`), { key });
    this.#register('keys-registered', code, 'active');
  }

  /** From a sequence on that may be past, or to come; the member has another key by then, or none. */
  #revoke(code: string): void {
    const { random } = this;
    const key = random.pick(this.#signing.get(code)!);
    const from = 1 + random.below(this.#of(`/members/${code}`).sequence + 4);
    key.until = Math.min(key.until ?? from, from);
    if (random.chance(0.8)) this.#rotate(code);
    this.#register('key-revoked', code, 'active');
  }

  /** What happens now and then, instead of a member's saying something of a record. */
  #rare(code: string): (() => void)[] {
    const revoke = () => (this.#shares ? this.#rotate(code) : this.#revoke(code));
    return [
      () => this.#rotate(code),
      () => this.#agree('suspended', 'suspended'),
      () => this.#agree('resumed', 'in-force'),
      () => this.#register('activated', NEWCOMER, 'active'),
      () => this.#register('suspended', code, 'suspended'),
      revoke,
      revoke,
    ];
  }

  turn(): void {
    const { random } = this;
    const code = random.pick(this.sources.has(`/members/${NEWCOMER}`) ? [...FOUNDERS, NEWCOMER] : FOUNDERS);
    this.#turn += 1;
    const rare = this.#rare(code)[random.below(30)];
    if (rare) return rare();
    const speaker = {
      member: code,
      registry: this.#of(MEMBERS_SOURCE).sequence,
      turn: this.#turn,
      shares: this.#shares,
    };
    const said = Array.from({ length: 1 + random.below(3) }, () => sayNext(random, speaker)).flat();
    this.#say(`/members/${code}`, ...said);
  }
}

export function scenarioOf(seed: number, turns = 28): Scenario {
  const random = randomFrom(seed);
  const speaking = new Speaking(random);
  for (let n = 0; n < turns; n += 1) speaking.turn();
  const keys: Scenario['keys'] = { early: [], late: [], never: [] };
  for (const [source, { keys: own }] of speaking.sources) {
    const member = source.slice('/members/'.length);
    for (const [record, key] of own) keys[whenOf(random)].push({ member, record, key });
  }
  const said = [...speaking.said];
  return {
    registryKey: speaking.registryKey,
    said: new Map(said.map(([source, all]) => [source, all.length])),
    logs: new Map(said.map(([source, all]) => [source, logged(random, all)])),
    keys,
  };
}

const whenOf = (random: Random) => (random.chance(0.7) ? 'early' : random.chance(0.8) ? 'late' : 'never');

type Signed = { message: Message; key: SigningKey };

/** As it may stand in a log: batches again, also with another end, and events late. */
function logged(random: Random, said: readonly Signed[]): LogEntry[] {
  const messages: Message[] = [];
  for (const [n, { message }] of said.entries()) {
    messages.push(message);
    if (random.chance(0.12)) messages.push(...again(random, said.slice(0, n + 1)));
  }
  for (const [n] of messages.entries()) {
    if (!random.chance(0.08)) continue;
    const [late] = messages.splice(n, 1);
    messages.splice(n + 1 + random.below(6), 0, late!);
  }
  let offset = 0;
  return messages.map((message) => {
    // A log may skip offsets.
    offset += random.chance(0.1) ? 3 : 1;
    return { ...message, offset };
  });
}

function again(random: Random, said: readonly Signed[]): Message[] {
  const from = random.below(said.length);
  const some = said.slice(from, from + 1 + random.below(6));
  const messages = some.map(({ message }) => message);
  return random.chance(0.5) ? messages : otherEnd(some);
}

const SIGNATURE = /,"keyid":"[^"]*","signature":"[^"]*"\}$/;

/** The same events as a batch of their own: signed at its end alone. */
function otherEnd(some: readonly Signed[]): Message[] {
  return some.map(({ message, key }, n) => {
    const text = message.value.replace(SIGNATURE, '}');
    return { ...message, value: n === some.length - 1 ? sign(text, hashOf(text), key.privateJwk, key.kid) : text };
  });
}
