import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { NotFound, Problem, readSystemRelease, validator } from '#contracts';
import type { Answer } from '#event-store';
import { NODE, type NodeIdentity } from '../node.ts';
import { assertHappened } from '../records/happened.ts';
import { Idempotency } from '../records/idempotency.ts';
import { Records, type Asking } from '../records/records.ts';
import { TaskForce } from '../task-force/task-force.ts';
import { MoveRecord, type Move } from './commands.ts';
import type { Also, On, System, Transition } from './declaration.ts';
import { knownBy, shieldBy, termsOf } from './release-terms.ts';
import type { Change, SystemCommand, SystemState, Terms } from './state.ts';
import { openContent } from './system.decide.ts';

/** A record of a system's, and what is said of it. */
interface Of {
  system: System;
  id: string;
  body: object;
}

interface Moving extends Of {
  move: Move;
  terms: Terms | null;
}

@CommandHandler(MoveRecord)
export class MoveRecordHandler implements ICommandHandler<MoveRecord> {
  constructor(
    @Inject(NODE) private readonly node: NodeIdentity,
    @Inject(Idempotency) private readonly idempotency: Idempotency,
    @Inject(Records) private readonly records: Records,
    @Inject(TaskForce) private readonly taskForce: TaskForce,
  ) {}

  execute({ on: { system, move, id }, caller, headers, body }: MoveRecord): Promise<Answer> {
    const checked = read(move, body);
    const asked = { caller, headers, operation: `${nameOf(move)} ${system.kind} ${id}`, body: checked };
    return this.idempotency.run(asked, async (_, acting) => {
      const terms = move === 'release' ? termsOf(readSystemRelease(checked), this.taskForce, '/audience') : null;
      const { version, state } = await this.records.act(system.record, id, acting, (now, asking) =>
        this.command({ system, move, id, body: checked, terms }, now, asking),
      );
      return { status: 200, answer: { id, version, ...answerOf(move, id, state) } };
    });
  }

  private async command(moving: Moving, state: SystemState, asking: Asking): Promise<SystemCommand> {
    const { system, move, id, terms } = moving;
    if (move !== 'release') return this.change(moving, move, state, asking);
    const content = openContent(system.kind, state);
    return { type: 'release', at: asking.at, shield: await shieldBy({ system, id }, content, asking), ...terms! };
  }

  /** What it rests on in another record is stored once the change itself is known to be allowed. */
  private async change(
    { system, id, body }: Of,
    transition: Transition,
    state: SystemState,
    asking: Asking,
  ): Promise<Change<unknown>> {
    const before = openContent(system.kind, state);
    const on: On = { id, member: this.node.member, at: asking.at };
    const known = await knownBy({ system, id }, before, asking);
    const content = transition.decide(before, body, { ...on, ...known });
    assertHappened(transition.happened, body, { at: asking.at, clockSkewMs: this.node.clockSkewMs });
    const shield = content === before ? known.known : await shieldBy({ system, id }, content, asking);
    for (const also of transition.also?.(before, body, { ...on, ...known }) ?? []) {
      await this.bring(also, { system, id, body }, asking);
    }
    return { type: 'change', fact: transition.fact, content, shield };
  }

  private async bring(also: Also, by: Of, asking: Asking): Promise<void> {
    const { system, id, body, noted } = also;
    try {
      await asking.first(system.record, id, async (state, on) => {
        const change = await this.change({ system, id, body }, transitionOf(system, also.transition), state, on);
        if (noted !== undefined && change.content !== openContent(system.kind, state)) await this.note(noted, by, on);
        return change;
      });
    } catch (error) {
      if (!isAllowed(also, error)) throw error instanceof NotFound && also.missing ? also.missing : error;
    }
  }

  private note(name: string, by: Of, asking: Asking): Promise<void> {
    const transition = transitionOf(by.system, name);
    return asking.first(by.system.record, by.id, (state, on) => this.change(by, transition, state, on));
  }
}

const transitionOf = ({ kind, transitions }: System, name: string): Transition => {
  const transition = transitions.find((one) => one.name === name);
  if (!transition) throw new Error(`${kind} has no transition ${name}`);
  return transition;
};

const isAllowed = ({ optional }: Also, error: unknown): boolean =>
  optional === true && error instanceof Problem && error.status < 500;

const nameOf = (move: Move): string => (typeof move === 'string' ? move : move.name);

const read = (move: Move, body: unknown): object => {
  if (move === 'release') return readSystemRelease(body);
  return validator(move.body)(body ?? {}) as object;
};

const answerOf = (move: Move, id: string, state: SystemState): object =>
  typeof move === 'string' || state.state === 'none' || state.state === 'erased'
    ? {}
    : (move.answer?.(state.content, id) ?? {});
