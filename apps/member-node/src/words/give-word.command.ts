import { Command } from '@nestjs/cqrs';
import type { Answer } from '#event-store';
import type { CommandHeaders, MemberPrincipal } from '#platform';
import type { Saying } from './saying.ts';

/** Says something of what this node can't know: a notice, a record, a request, a hit. `body` is JSON as it came. */
export class GiveWord extends Command<Answer> {
  constructor(
    readonly caller: MemberPrincipal,
    readonly headers: CommandHeaders,
    readonly saying: Saying,
    /** Null where the body names what it is about. */
    readonly about: string | null,
    readonly body: unknown,
  ) {
    super();
  }
}
