import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { readEmpty, readGrant, readPermissionRequest, readRefusal, uuidv8, type EventType } from '#contracts';
import type { Answer } from '#event-store';
import { CLOCK, type Clock } from '#platform';
import { NODE, type NodeIdentity } from '../../node.ts';
import { handlingOf } from '../../records/handling.ts';
import { Idempotency } from '../../records/idempotency.ts';
import { Records } from '../../records/records.ts';
import { words } from '../word.ts';
import { GiveWord, type Saying } from './give-word.command.ts';

interface Form {
  event: EventType;
  read: (body: unknown) => object;
  content: (about: string, body: object) => object;
  /** Said twice of one thing, it is one word. */
  once: boolean;
}

const ofRequest = (request: string, body: object) => ({ request, ...body });

const FORMS: Readonly<Record<Saying, Form>> = {
  acknowledge: {
    event: 'accord.records.notice-acknowledged.v1',
    read: readEmpty,
    content: (notice) => ({ notice }),
    once: true,
  },
  request: {
    event: 'accord.permissions.permission-requested.v1',
    read: readPermissionRequest,
    content: (_, body) => body,
    once: false,
  },
  grant: { event: 'accord.permissions.permission-granted.v1', read: readGrant, content: ofRequest, once: false },
  refuse: { event: 'accord.permissions.permission-refused.v1', read: readRefusal, content: ofRequest, once: false },
  withdraw: { event: 'accord.permissions.permission-withdrawn.v1', read: readEmpty, content: ofRequest, once: true },
};

@CommandHandler(GiveWord)
export class GiveWordHandler implements ICommandHandler<GiveWord> {
  constructor(
    @Inject(NODE) private readonly node: NodeIdentity,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(Idempotency) private readonly idempotency: Idempotency,
    @Inject(Records) private readonly records: Records,
  ) {}

  execute({ caller, headers, saying, about, body }: GiveWord): Promise<Answer> {
    const { event, read, content, once } = FORMS[saying];
    const checked = read(body);
    const asked = { caller, headers, operation: `${saying} ${about ?? ''}`, body: checked };
    return this.idempotency.run(asked, async (planned, { user, command }) => {
      const id = once ? uuidv8(this.node.member, 'word', saying, about ?? '') : planned;
      const handling = handlingOf('intelligence', {}, this.node, this.clock.now());
      await this.records.create(words, id, { user, ...(command !== undefined && { command }) }, () => ({
        type: 'give' as const,
        ...{ id, event, handling, content: content(about ?? '', checked) },
      }));
      return { status: about === null ? 201 : 200, answer: { id: about ?? id, version: 1 } };
    });
  }
}
