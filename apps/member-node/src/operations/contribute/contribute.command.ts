import { Command } from '@nestjs/cqrs';
import type { Answer } from '#event-store';
import type { CommandHeaders, MemberPrincipal } from '#platform';
import type { Deed } from '../contribution.ts';

/** Arrests, a seizure or a rescue in an operation, whoever leads it. `body` is JSON as it came. */
export class Contribute extends Command<Answer> {
  constructor(
    readonly caller: MemberPrincipal,
    readonly headers: CommandHeaders,
    readonly deed: Deed,
    readonly operation: string,
    readonly body: unknown,
  ) {
    super();
  }
}
