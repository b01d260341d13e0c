import { Command } from '@nestjs/cqrs';
import type { Answer } from '#event-store';
import type { CommandHeaders, MemberPrincipal } from '#platform';

/** A report, and perhaps its release in the same step. `body` is JSON as it came. */
export class SubmitReport extends Command<Answer> {
  constructor(
    readonly caller: MemberPrincipal,
    readonly headers: CommandHeaders,
    readonly body: unknown,
  ) {
    super();
  }
}
