import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Answer } from '#event-store';
import type { Aggregates } from '../../aggregate/aggregate.ts';
import { RunOnce, type Asked } from '../../aggregate/run-once.ts';
import { MEMBER_AGGREGATES } from '../../tokens.ts';
import { MemberDirectory } from '../directory.ts';
import { EnrolmentTokens } from '../enrolment-tokens.ts';
import { decideMember, type MemberCommand } from '../member.decide.ts';
import type { Member, MemberEvent } from '../member.ts';

/** Every transition of a member but its proposal and its keys. */
export type Transition = Exclude<MemberCommand, { command: 'propose' | 'register-keys' }>;

export class ChangeMember {
  constructor(
    readonly code: string,
    readonly transition: Transition,
    readonly asked: Asked,
  ) {}
}

@CommandHandler(ChangeMember)
export class ChangeMemberHandler implements ICommandHandler<ChangeMember> {
  constructor(
    @Inject(RunOnce) private readonly once: RunOnce,
    @Inject(MEMBER_AGGREGATES) private readonly members: Aggregates<Member, MemberEvent>,
    @Inject(MemberDirectory) private readonly directory: MemberDirectory,
    @Inject(EnrolmentTokens) private readonly enrolment: EnrolmentTokens,
  ) {}

  async execute({ code, transition, asked }: ChangeMember): Promise<Answer> {
    const answer = await this.once.run(asked, async (_, meta) => {
      const { changedAt } = await this.members.change({
        stream: `member-${code}`,
        meta,
        ifMatch: asked.headers.ifMatch,
        decide: (member) =>
          decideMember(member, transition, { by: asked.caller.member, actives: this.directory.actives() }),
      });
      return { status: 200, answer: { id: code, version: changedAt } };
    });
    return transition.command === 'approve' ? this.withToken(code, answer) : answer;
  }

  /** The last approval's answer holds the enrolment token: added here, so that it is kept nowhere, and again where the same asks again. */
  private async withToken(code: string, { status, answer }: Answer): Promise<Answer> {
    const { version } = answer as { version: number };
    const event = (await this.members.load(`member-${code}`)).events[version - 1];
    if (event?.type !== 'member-approved.v1') return { status, answer };
    return { status, answer: { ...answer, enrolmentToken: this.enrolment.of(event) } };
  }
}
