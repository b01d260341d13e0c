import {
  draft,
  newKey,
  newSigningKey,
  place,
  schemaUri,
  seal,
  sign,
  signHeartbeat,
  uuidv7,
  uuidv8,
  ZERO_HASH,
  type AccessAttributes,
  type Shield,
  type SigningKey,
} from '#contracts';
import type { Exchange, Message } from '#exchange';

/** What a test says happened; the rest of the envelope follows. */
export interface Said {
  type: string;
  subject: string;
  time?: string;
  recordversion?: number;
  access?: AccessAttributes;
  /** Sealed under the subject's key. */
  sealed?: { shield?: Shield; content?: object };
  /** The sealed text as it stands, to say what no node would. */
  text?: string;
  data?: object;
}

export const uuid = (n: number | string): string => uuidv8('test', String(n));
export const at = (minute: number): string => new Date(Date.UTC(2026, 0, 1, 0, minute)).toISOString();

export const ACCESS: AccessAttributes = {
  category: 'intelligence',
  purposes: ['people-smuggling'],
  audience: ['AL', 'XK'],
  taskforce: false,
  registrysequence: 0,
  classification: 'OFFICIAL',
  handlingcodes: ['H0'],
  releasedat: at(0),
  reviewby: '2099-01-01',
};

/** A member, or the registry, as it speaks on the exchange: places, chains and signs as a relay does. */
export class TestSource {
  readonly key: SigningKey = newSigningKey();
  /** Keys that it doesn't sign with any more, as the registry holds them. */
  readonly revoked: { kid: string; jwk: object; from: number; until: number }[] = [];
  readonly keys = new Map<string, Uint8Array>();
  sequence = 0;
  hash = ZERO_HASH;
  #minute = 0;

  constructor(
    readonly source: string,
    readonly exchange: Exchange,
  ) {}

  keyOf(record: string): Uint8Array {
    const key = this.keys.get(record) ?? newKey();
    this.keys.set(record, key);
    return key;
  }

  text({ type, subject, time = at(this.#minute), sealed, text, data, ...rest }: Said): string {
    const id = uuidv7(Date.parse(time));
    const plain = text ?? (sealed && JSON.stringify({ shield: sealed.shield ?? [], content: sealed.content }));
    return draft({
      specversion: '1.0',
      id,
      source: this.source,
      type,
      subject,
      time,
      dataschema: schemaUri(type),
      datacontenttype: data ? 'application/json' : 'application/octet-stream',
      ...rest,
      ...(plain !== undefined && { data_base64: seal(this.keyOf(subject), subject, id, plain) }),
      ...(data && { data }),
    });
  }

  /** The next messages, signed at their end; not on the exchange yet. */
  batch(...said: Said[]): Message[] {
    const messages: Message[] = [];
    for (const [n, one] of said.entries()) {
      this.#minute += 1;
      const placed = place(this.text(one), this.sequence + 1, this.hash);
      this.sequence += 1;
      this.hash = placed.hash;
      const last = n === said.length - 1;
      const value = last ? sign(placed.text, placed.hash, this.key.privateJwk, this.key.kid) : placed.text;
      messages.push({ key: one.subject, value });
    }
    return messages;
  }

  /** The registry says that its source is all on the exchange, at a time in milliseconds since the epoch. */
  async beat(now: number): Promise<void> {
    const time = new Date(now).toISOString();
    const { source, sequence, hash } = this;
    await this.exchange.announce(source, signHeartbeat({ source, sequence, hash, time }, this.key));
  }

  async say(...said: Said[]): Promise<Message[]> {
    const messages = this.batch(...said);
    await this.exchange.append(this.source, messages);
    return messages;
  }
}
