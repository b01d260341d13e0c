import { Command } from '@nestjs/cqrs';
import type { Answer } from '#event-store';
import type { CommandHeaders, MemberPrincipal } from '#platform';
import type { LineResult } from '../http/ndjson/answer-lines.ts';
import type { Line } from '../http/ndjson/lines.ts';
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

/** The same of many, a line each. `key`: the batch's Idempotency-Key. */
export class SubmitRecords extends Command<LineResult[]> {
  constructor(
    readonly system: System,
    readonly caller: MemberPrincipal,
    readonly lines: readonly Line[],
    readonly key?: string,
  ) {
    super();
  }
}

/** A release, or what a system says may become of its records. */
export type Move = 'release' | Transition;

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
