import { Module, type DynamicModule } from '@nestjs/common';
import { HeadController } from '../consultation/head.controller.ts';
import { Keyring } from '../keyring/keyring.ts';
import { KeysController } from '../keyring/keys.controller.ts';
import { KeyTokens } from '../keyring/key-token.ts';
import { ReplaysController } from '../replay/replays.controller.ts';
import { Replays } from '../replay/replays.ts';
import { VerificationsController } from '../verification/verifications.controller.ts';
import { Verifications } from '../verification/verifications.ts';
import type { Clock } from '#platform';
import type { Exchange } from '#exchange';
import type { IntakeSide } from './create-intake.ts';
import { OperatorController, RESUME_PARTS } from './operator.controller.ts';
import { IntakeStatus } from './status.ts';

/** The side of the joint views that takes in, over HTTP: keys from nodes, and what the operator sees and does. */
@Module({})
export class IntakeModule {
  static register(side: IntakeSide, parts: { exchange: Exchange; clock: Clock }): DynamicModule {
    const { copy, states, intake, keyring, replays, verifications, status } = side;
    return {
      module: IntakeModule,
      controllers: [KeysController, HeadController, OperatorController, ReplaysController, VerificationsController],
      providers: [
        { provide: Keyring, useValue: keyring },
        { provide: KeyTokens, useValue: new KeyTokens(copy, parts.clock) },
        { provide: Replays, useValue: replays },
        { provide: Verifications, useValue: verifications },
        { provide: IntakeStatus, useValue: status },
        { provide: RESUME_PARTS, useValue: { copy, states, intake, ...parts } },
      ],
    };
  }
}
