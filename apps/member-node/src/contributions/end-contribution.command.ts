import { Command } from '@nestjs/cqrs';
import type { Answer } from '#event-store';
import type { CommandHeaders, MemberPrincipal } from '#platform';

/** Recalls or erases a contribution of this member's. `body` is JSON as it came. */
export class EndContribution extends Command<Answer> {
  constructor(
    readonly caller: MemberPrincipal,
    readonly headers: CommandHeaders,
    readonly end: 'recall' | 'erase',
    readonly id: string,
    readonly body: unknown,
  ) {
    super();
  }
}
