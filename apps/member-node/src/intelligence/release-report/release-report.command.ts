import { Command } from '@nestjs/cqrs';
import type { Answer } from '#event-store';
import type { CommandHeaders, MemberPrincipal } from '#platform';

/** Releases a report, or replaces whom and what for. `body` is JSON as it came. */
export class ReleaseReport extends Command<Answer> {
  constructor(
    readonly caller: MemberPrincipal,
    readonly headers: CommandHeaders,
    readonly id: string,
    readonly body: unknown,
  ) {
    super();
  }
}
