import { Inject, Injectable } from '@nestjs/common';
import { NotFound } from '#contracts';
import type { Page, PageQuery } from '#platform';
import type { Entry, Roll } from '../../aggregate/roll.ts';
import { pageOf } from '../../http/page-of.ts';
import { AGREEMENT_ROLL } from '../../tokens.ts';
import { agreementSnapshot, type Agreement, type AgreementEvent, type KnownAgreement } from '../agreement.ts';

/** Who has agreed what with whom is known to the parties only. */
@Injectable()
export class ReadAgreements {
  constructor(@Inject(AGREEMENT_ROLL) private readonly roll: Roll<Agreement, AgreementEvent>) {}

  list(member: string, query: PageQuery): Page<object> {
    const own = this.roll.all().filter((entry) => isParty(entry, member));
    return pageOf(own, query, 'agreements', view);
  }

  one(member: string, id: string): object {
    const entry = this.roll.get(id);
    if (!entry || !isParty(entry, member)) throw new NotFound();
    return view(entry);
  }
}

function isParty({ state }: Entry<Agreement>, member: string): boolean {
  return state.state !== 'none' && state.parties.includes(member);
}

function view({ state, version, updatedAt }: Entry<Agreement>): object {
  return { ...agreementSnapshot(state as KnownAgreement), version, updatedAt };
}
