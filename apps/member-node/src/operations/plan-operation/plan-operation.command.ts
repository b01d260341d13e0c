import { Command } from '@nestjs/cqrs';
import type { Answer } from '#event-store';
import type { CommandHeaders, MemberPrincipal } from '#platform';

/** Plans an operation that this member leads. `body` is JSON as it came. */
export class PlanOperation extends Command<Answer> {
  constructor(
    readonly caller: MemberPrincipal,
    readonly headers: CommandHeaders,
    readonly body: unknown,
  ) {
    super();
  }
}
