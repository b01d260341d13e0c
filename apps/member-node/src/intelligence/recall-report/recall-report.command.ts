import { Command } from '@nestjs/cqrs';
import type { Answer } from '#event-store';
import type { CommandHeaders, MemberPrincipal } from '#platform';

/** Recalls a report and its tear line. `body` is JSON as it came. */
export class RecallReport extends Command<Answer> {
  constructor(
    readonly caller: MemberPrincipal,
    readonly headers: CommandHeaders,
    readonly id: string,
    readonly body: unknown,
  ) {
    super();
  }
}
