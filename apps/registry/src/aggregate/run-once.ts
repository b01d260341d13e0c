import { createHmac } from 'node:crypto';
import { canonicalJson, uuidv7, uuidv8 } from '#contracts';
import { once, type Answer, type EventMeta, type EventStore } from '#event-store';
import type { Clock, CommandHeaders, MemberPrincipal } from '#platform';

/** What a command is, for telling a repeated one from another under the same key. */
export interface Asked {
  caller: Pick<MemberPrincipal, 'member' | 'user'>;
  headers: CommandHeaders;
  /** Names the endpoint and what it is about: `sign-agreement <id>`. */
  operation: string;
  body: object;
}

export interface Planned {
  /** The id of what the command makes, if it makes something. */
  id: string;
}

/** Runs commands, each under its Idempotency-Key where it has one. Keys are per member. */
export class RunOnce {
  constructor(
    private readonly store: EventStore,
    private readonly secret: string,
    private readonly clock: Clock,
  ) {}

  run(asked: Asked, command: (planned: Planned, meta: EventMeta) => Promise<Answer>): Promise<Answer> {
    const now = this.clock.now();
    const planned: Planned = { id: uuidv7(now) };
    const meta: EventMeta = { actor: asked.caller.user, at: new Date(now).toISOString() };
    const key = asked.headers.idempotencyKey;
    if (key === undefined) return command(planned, meta);
    const stream = `idempotency-${uuidv8(asked.caller.member, key)}`;
    const fingerprint = this.fingerprint(asked);
    return once(this.store, { stream, fingerprint, planned, meta }, (ids) =>
      command(ids, { ...meta, command: stream }),
    );
  }

  private fingerprint({ operation, body }: Asked): string {
    return createHmac('sha256', this.secret).update(canonicalJson({ operation, body })).digest('hex');
  }
}
