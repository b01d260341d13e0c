import { Command } from '@nestjs/cqrs';
import type { Answer } from '#event-store';
import type { CommandHeaders, MemberPrincipal } from '#platform';
import type { ClaimKind } from '../claim.ts';

/** Approves, launches or concludes an operation, whoever leads it. `body` is JSON as it came. */
export class ClaimOnOperation extends Command<Answer> {
  constructor(
    readonly caller: MemberPrincipal,
    readonly headers: CommandHeaders,
    readonly claim: ClaimKind,
    readonly id: string,
    readonly body: unknown,
  ) {
    super();
  }
}
