import { Command } from '@nestjs/cqrs';
import type { Answer } from '#event-store';
import type { CommandHeaders, MemberPrincipal } from '#platform';

export type Saying = 'acknowledge' | 'request' | 'grant' | 'refuse' | 'withdraw';

/** Says something of a notice, a record or a request, which this node can't know. `body` is JSON as it came. */
export class GiveWord extends Command<Answer> {
  constructor(
    readonly caller: MemberPrincipal,
    readonly headers: CommandHeaders,
    readonly saying: Saying,
    /** The notice or the request; null where the body names what it is about. */
    readonly about: string | null,
    readonly body: unknown,
  ) {
    super();
  }
}
