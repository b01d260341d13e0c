import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Answer, EventStore } from '#event-store';
import type { Aggregates } from '../../aggregate/aggregate.ts';
import { RunOnce, type Asked } from '../../aggregate/run-once.ts';
import { MEMBER_AGGREGATES, MEMBER_STORE } from '../../tokens.ts';
import { MemberDirectory } from '../directory.ts';
import { decideMember } from '../member.decide.ts';
import type { Member, MemberEvent } from '../member.ts';
import { takeBit } from '../reservations.ts';
import type { ProposeMemberBody } from './propose-member.dto.ts';

export class ProposeMember {
  constructor(
    readonly body: ProposeMemberBody,
    readonly asked: Asked,
  ) {}
}

@CommandHandler(ProposeMember)
export class ProposeMemberHandler implements ICommandHandler<ProposeMember> {
  constructor(
    @Inject(RunOnce) private readonly once: RunOnce,
    @Inject(MEMBER_STORE) private readonly store: EventStore,
    @Inject(MEMBER_AGGREGATES) private readonly members: Aggregates<Member, MemberEvent>,
    @Inject(MemberDirectory) private readonly directory: MemberDirectory,
  ) {}

  execute({ body, asked }: ProposeMember): Promise<Answer> {
    const { code, name, contact } = body;
    const stream = `member-${code}`;
    const decide = (bit: number) => (member: Member) =>
      decideMember(
        member,
        { command: 'propose', code, name, contact, bit },
        { by: asked.caller.member, actives: this.directory.actives() },
      );
    return this.once.run(asked, async (_, meta) => {
      const { state, events } = await this.members.load(stream);
      // No place is taken for what will be refused.
      const again = events.some((event) => meta.command !== undefined && event.meta.command === meta.command);
      if (!again) decide(0)(state);
      const bit = again ? 0 : await takeBit(this.store, code, meta);
      const { changedAt } = await this.members.change({ stream, meta, decide: decide(bit) });
      return { status: 201, answer: { id: code, version: changedAt } };
    });
  }
}
