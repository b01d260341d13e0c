import { canonicalJson, KeyedHash, uuidv7, uuidv8 } from '#contracts';
import { once, type Answer, type EventStore } from '#event-store';
import type { Clock, CommandHeaders, MemberPrincipal } from '#platform';
import type { Acting } from './records.ts';

/** A command as it was asked. */
export interface Asked {
  caller: Pick<MemberPrincipal, 'member' | 'user'>;
  headers: CommandHeaders;
  /** Names the endpoint and what it is about: `recall report <id>`. */
  operation: string;
  body: object;
}

/** Runs commands, each once under its Idempotency-Key where it has one. Keys are the member's, and never forgotten. */
export class Idempotency {
  private readonly hash: KeyedHash;

  constructor(
    private readonly store: EventStore,
    secret: Uint8Array,
    private readonly clock: Clock,
  ) {
    this.hash = new KeyedHash(secret);
  }

  /** `planned` is the id of what the command makes, if it makes something. */
  run(asked: Asked, command: (planned: string, acting: Acting) => Promise<Answer>): Promise<Answer> {
    const { caller, headers } = asked;
    const now = this.clock.now();
    const id = uuidv7(now);
    const acting: Acting = { user: caller.user, ...(headers.ifMatch !== undefined && { ifMatch: headers.ifMatch }) };
    if (headers.idempotencyKey === undefined) return command(id, acting);
    const stream = `idempotency-${uuidv8(caller.member, headers.idempotencyKey)}`;
    const meta = { actor: caller.user, at: new Date(now).toISOString() };
    const { operation, body } = asked;
    const fingerprint = this.fingerprint({ operation, body, ifMatch: headers.ifMatch });
    return once(this.store, { stream, fingerprint, planned: { id }, meta }, (planned) =>
      command(planned.id, { ...acting, command: stream }),
    );
  }

  /** Tells one body from another without holding it: names are easily guessed, so a plain hash would tell them. */
  fingerprint(body: object): string {
    return this.hash.of(canonicalJson(body));
  }
}
