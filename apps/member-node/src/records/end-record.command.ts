import { Command } from '@nestjs/cqrs';
import type { Answer } from '#event-store';
import type { CommandHeaders, MemberPrincipal } from '#platform';
import type { RecordModule } from './record-module.ts';

export type End = 'recall' | 'erase';

/** Recalls or erases a record of this member's, of any kind that takes these two. `body` is JSON as it came. */
export class EndRecord extends Command<Answer> {
  constructor(
    readonly caller: MemberPrincipal,
    readonly headers: CommandHeaders,
    readonly what: { record: RecordModule; end: End; id: string },
    readonly body: unknown,
  ) {
    super();
  }
}
