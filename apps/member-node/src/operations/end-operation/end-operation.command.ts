import { Command } from '@nestjs/cqrs';
import type { Answer } from '#event-store';
import type { CommandHeaders, MemberPrincipal } from '#platform';

/** Recalls or erases an operation of this member's. `body` is JSON as it came. */
export class EndOperation extends Command<Answer> {
  constructor(
    readonly caller: MemberPrincipal,
    readonly headers: CommandHeaders,
    readonly what: { end: 'recall' | 'erase'; id: string },
    readonly body: unknown,
  ) {
    super();
  }
}
