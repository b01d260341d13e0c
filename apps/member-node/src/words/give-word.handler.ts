import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { uuidv8 } from '#contracts';
import type { Answer } from '#event-store';
import { CLOCK, type Clock } from '#platform';
import { NODE, type NodeIdentity } from '../node.ts';
import { handlingOf } from '../records/handling.ts';
import { assertToCome } from '../records/happened.ts';
import { Idempotency } from '../records/idempotency.ts';
import { Records } from '../records/records.ts';
import { GiveWord } from './give-word.command.ts';
import { describedBy, touchesOfWord, WordErased, words } from './word.ts';

@CommandHandler(GiveWord)
export class GiveWordHandler implements ICommandHandler<GiveWord> {
  constructor(
    @Inject(NODE) private readonly node: NodeIdentity,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(Idempotency) private readonly idempotency: Idempotency,
    @Inject(Records) private readonly records: Records,
  ) {}

  execute({ caller, headers, saying, about, body }: GiveWord): Promise<Answer> {
    const { saying: name, category, event, read, content, same, home, once, toCome } = saying;
    const checked = read(body);
    const asked = { caller, headers, operation: `${name} ${about ?? ''}`, body: checked };
    return this.idempotency.run(asked, async (planned, { user, command }) => {
      const id = once ? uuidv8(this.node.member, 'word', name, about ?? '') : planned;
      const handling = handlingOf(category, {}, this.node, this.clock.now());
      const { state: word } = await this.records.create(
        words,
        id,
        { user, ...(command !== undefined && { command }) },
        async (_, { at, know }) => {
          assertToCome(toCome, checked, at);
          const names = same && { same: same(about ?? '', checked) };
          const said = { content: content(about ?? '', checked), ...names, ...(home && { home: home(checked) }) };
          const touches = touchesOfWord({ id, ...said });
          const known = touches.length > 0 ? await know(touches) : null;
          const shield = known && describedBy(said.content) ? known.shieldOf(touches) : [];
          return { type: 'give' as const, id, event, handling, ...said, shield };
        },
      );
      // Said once and erased, it can't be said again: nothing comes after an erasure.
      if (word.state === 'erased') throw new WordErased();
      return { status: about === null ? 201 : 200, answer: { id: about ?? id, version: 1 } };
    });
  }
}
