import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Unauthenticated } from '#contracts';
import type { Answer, EventMeta, EventStore } from '#event-store';
import type { Aggregates } from '../../aggregate/aggregate.ts';
import { RunOnce, type Asked } from '../../aggregate/run-once.ts';
import { MEMBER_AGGREGATES, MEMBER_STORE } from '../../tokens.ts';
import { MemberDirectory } from '../directory.ts';
import { decideMember, type MemberCommand } from '../member.decide.ts';
import type { Member, MemberEvent } from '../member.ts';
import { issuerTaken, takeIssuer } from '../reservations.ts';
import { ENROLMENT } from './enrolment.guard.ts';
import { checkKeySource, checkPublished } from './key-source.ts';
import { checkProof } from './proof.ts';
import type { RegisterKeysBody } from './register-keys.dto.ts';

export class RegisterKeys {
  constructor(
    readonly code: string,
    readonly body: RegisterKeysBody,
    readonly asked: Asked,
  ) {}
}

@CommandHandler(RegisterKeys)
export class RegisterKeysHandler implements ICommandHandler<RegisterKeys> {
  constructor(
    @Inject(RunOnce) private readonly once: RunOnce,
    @Inject(MEMBER_STORE) private readonly store: EventStore,
    @Inject(MEMBER_AGGREGATES) private readonly members: Aggregates<Member, MemberEvent>,
    @Inject(MemberDirectory) private readonly directory: MemberDirectory,
  ) {}

  execute({ code, body, asked }: RegisterKeys): Promise<Answer> {
    checkKeySource(body, this.directory.httpHosts);
    return this.once.run(asked, (_, meta) => this.register(code, body, asked, meta));
  }

  private async register(code: string, body: RegisterKeysBody, asked: Asked, meta: EventMeta): Promise<Answer> {
    const { issuer, jwks, jwksUri, signingKey, from, proof } = body;
    const { kid, kty, crv, x } = signingKey;
    const command: MemberCommand = {
      command: 'register-keys',
      issuer,
      jwks: jwks === undefined ? null : { keys: jwks.keys.map((key) => ({ ...key })) },
      jwksUri,
      signingKey: { kid, jwk: { kty, crv, x }, from },
    };
    const decide = (member: Member) => {
      if (asked.caller.user === ENROLMENT && member.state !== 'approved') {
        throw new Unauthenticated('The enrolment token has been used.');
      }
      return decideMember(member, command, { by: asked.caller.member, actives: this.directory.actives() });
    };
    const { state, events } = await this.members.load(`member-${code}`);
    const again = events.some((event) => meta.command !== undefined && event.meta.command === meta.command);
    if (!again) {
      decide(state);
      await checkProof(proof, signingKey, { member: code, issuer, kid });
      await checkPublished(jwksUri);
      if (this.directory.isOperators(issuer)) throw issuerTaken();
      await takeIssuer(this.store, issuer, code, meta);
    }
    const change = { stream: `member-${code}`, meta, ifMatch: asked.headers.ifMatch, decide };
    const { changedAt } = await this.members.change(change);
    return { status: 200, answer: { id: code, version: changedAt } };
  }
}
