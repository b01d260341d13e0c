import { Command } from '@nestjs/cqrs';
import type { Answer } from '#event-store';
import type { CommandHeaders, MemberPrincipal } from '#platform';
import type { Deed } from './deed.ts';

/** Something was done in what may be another's. `body` is JSON as it came. */
export class Contribute extends Command<Answer> {
  constructor(
    readonly caller: MemberPrincipal,
    readonly headers: CommandHeaders,
    readonly deed: Deed,
    /** What it was done in. */
    readonly whole: string,
    readonly body: unknown,
  ) {
    super();
  }
}
