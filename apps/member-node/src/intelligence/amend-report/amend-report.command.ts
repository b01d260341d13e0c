import { Command } from '@nestjs/cqrs';
import type { Answer } from '#event-store';
import type { CommandHeaders, MemberPrincipal } from '#platform';

/** Replaces parts of a report. `body` is JSON as it came. */
export class AmendReport extends Command<Answer> {
  constructor(
    readonly caller: MemberPrincipal,
    readonly headers: CommandHeaders,
    readonly id: string,
    readonly body: unknown,
  ) {
    super();
  }
}
