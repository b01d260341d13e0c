import { Command } from '@nestjs/cqrs';
import type { Answer } from '#event-store';
import type { CommandHeaders, MemberPrincipal } from '#platform';
import type { System, Transition } from './declaration.ts';

/** Makes a record of a system's, and perhaps releases it in the same step. `body` is JSON as it came. */
export class SubmitRecord extends Command<Answer> {
  constructor(
    readonly system: System,
    readonly caller: MemberPrincipal,
    readonly headers: CommandHeaders,
    readonly body: unknown,
  ) {
    super();
  }
}

/** Something that may become of any record, by its name; or what a system says may become of its own. */
export type Move = 'release' | 'recall' | 'erase' | Transition;

/** Brings a record of a system's on. `body` is JSON as it came. */
export class MoveRecord extends Command<Answer> {
  constructor(
    readonly on: { system: System; move: Move; id: string },
    readonly caller: MemberPrincipal,
    readonly headers: CommandHeaders,
    readonly body: unknown,
  ) {
    super();
  }
}
