import { SignJWT, importJWK } from 'jose';
import { isUuid, reasonOf, type SigningKey } from '#contracts';
import type { Clock, Logger } from '#platform';
import type { RecordKeys } from './keys.ts';

const LIFETIME_SECONDS = 60;
/** A token proves several requests: whoever takes it has half a minute left, however slow it is. */
const USED_SECONDS = 30;
/** A command waits for a withdrawal, and nobody for a delivery. */
const TIMEOUT_MS = { PUT: 30_000, DELETE: 2_000 };
/** Records a request: a key and its id are about 110 bytes. */
const CHUNK = 2_000;

export interface KeyDeliveryOptions {
  source: string;
  /** The joint views, without a slash at its end. */
  url: string;
  signingKey: SigningKey;
  keys: RecordKeys;
  clock: Clock;
  logger: Logger;
}

/** What came of asking the joint views to destroy keys. */
export interface Withdrawn {
  /** What else of this member's goes with these records, as they know it. */
  companions: string[];
  /** Nothing is left to ask for. */
  isDone: boolean;
}

/**
 * Gives the joint views the keys of what is released to them, and takes back those of what is erased. Keys never travel on
 * the exchange. A request is proved by a token that this member's event-signing key signs.
 */
export class KeyDelivery {
  #key: ReturnType<typeof importJWK> | undefined;
  #token: { text: string; at: number } | undefined;

  constructor(private readonly options: KeyDeliveryOptions) {}

  /** Delivers the keys that there are; an erased record has none. Rejects where they were not taken. */
  async deliver(records: readonly string[]): Promise<void> {
    for (let n = 0; n < records.length; n += CHUNK) await this.deliverChunk(records.slice(n, n + CHUNK));
  }

  /** Has the joint views destroy them; null where they didn't. */
  async withdraw(records: readonly string[]): Promise<Withdrawn | null> {
    try {
      const answers: string[] = [];
      for (const record of records) answers.push(await this.ask('DELETE', `/v1/keys/${record}`));
      return { companions: answers.flatMap(companionsIn), isDone: answers.every((answer) => answer === '') };
    } catch (error) {
      this.options.logger.warn({ reason: reasonOf(error) }, 'erased keys are not withdrawn yet');
      return null;
    }
  }

  private async deliverChunk(records: readonly string[]): Promise<void> {
    const found = await this.options.keys.find(records);
    if (found.size === 0) return;
    const keys = [...found].map(([record, key]) => ({ record, key: Buffer.from(key).toString('base64url') }));
    await this.ask('PUT', '/v1/keys', { keys });
  }

  private async ask(method: 'PUT' | 'DELETE', path: string, body?: object): Promise<string> {
    const answer = await fetch(`${this.options.url}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${await this.token()}`,
        ...(body && { 'content-type': 'application/json' }),
      },
      ...(body && { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(TIMEOUT_MS[method]),
    });
    const text = await answer.text();
    if (answer.ok) return text;
    // What isn't there any more needs no destroying.
    if (method === 'DELETE' && answer.status === 404) return '';
    throw new Error(`The joint views answered ${answer.status} to ${method} ${path.replace(/[\da-f-]{36}/, '…')}`);
  }

  /** Proves to the joint views that this node speaks for its member, for at least half a minute. */
  async token(): Promise<string> {
    const now = Math.floor(this.options.clock.now() / 1000);
    const age = now - (this.#token?.at ?? -Infinity);
    // A clock that was set back makes a token one from the future.
    if (this.#token === undefined || age < 0 || age >= USED_SECONDS)
      this.#token = { text: await this.newToken(now), at: now };
    return this.#token.text;
  }

  private async newToken(now: number): Promise<string> {
    const { source, signingKey } = this.options;
    this.#key ??= importJWK(signingKey.privateJwk as never, 'EdDSA');
    return new SignJWT({})
      .setProtectedHeader({ alg: 'EdDSA', kid: signingKey.kid })
      .setIssuer(source)
      .setAudience('accord-keys')
      .setIssuedAt(now)
      .setExpirationTime(now + LIFETIME_SECONDS)
      .sign(await this.#key);
  }
}

const companionsIn = (answer: string): string[] => {
  if (answer === '') return [];
  const { companions } = JSON.parse(answer) as { companions?: unknown };
  if (Array.isArray(companions) && companions.every((id) => typeof id === 'string' && isUuid(id))) return companions;
  throw new Error('The joint views told companions that are none');
};
